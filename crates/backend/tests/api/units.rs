//! Service units and who works in them.

use omasote_client::Client;
use omasote_types::error::ErrorCode;
use omasote_types::page::PageQuery;
use omasote_types::sessions::App;

use crate::harness::{code, on_both_engines};

on_both_engines! {
    async fn units_are_open_to_all_page_by_page(app: TestApp) {
        let mut made = Vec::new();
        for number in 0..5 {
            made.push(app.unit(&format!("Yksikkö {number}")).await.id);
        }
        let stranger = Client::new(&app.base, App::Citizen).unwrap();
        let (mut seen, mut cursor) = (Vec::new(), None);
        loop {
            let page = stranger.list_units(&PageQuery { cursor, limit: Some(2) }).await.unwrap();
            seen.extend(page.items.iter().map(|unit| unit.id));
            cursor = page.next_cursor;
            if cursor.is_none() { break; }
        }
        assert_eq!(seen, made);
        let unit = stranger.get_unit(made[3]).await.unwrap();
        assert_eq!((unit.name.fi.as_str(), unit.topics.len(), unit.hours.len()), ("Yksikkö 3", 1, 1));
    }

    async fn the_members_of_a_unit_are_known_to_its_members_only(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (hanna, antti, aino) =
            (app.professional(unit.id).await, app.professional(unit.id).await, app.citizen().await);
        let members = hanna.list_unit_members(unit.id, &PageQuery::default()).await.unwrap().items;
        assert_eq!(members.iter().map(|member| member.id).collect::<Vec<_>>(), [hanna.id, antti.id]);
        assert_eq!(code(aino.list_unit_members(unit.id, &PageQuery::default()).await), ErrorCode::NotFound);
    }
}
