//! Citizens and professionals.

use omasote_types::error::ErrorCode;

use crate::harness::{code, on_both_engines};

on_both_engines! {
    async fn a_citizen_sees_their_own_data_and_nobody_elses(app: TestApp) {
        let (aino, eero) = (app.citizen().await, app.citizen().await);
        let own = aino.get_citizen(aino.id).await.unwrap();
        assert_eq!((own.id, own.contact.municipality.as_deref()), (aino.id, Some("Kuhmo")));
        assert_eq!(code(eero.get_citizen(aino.id).await), ErrorCode::NotFound);
    }

    async fn a_professional_sees_a_citizen_whom_their_unit_cares_for(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        assert_eq!(code(hanna.get_citizen(aino.id).await), ErrorCode::NotFound);
        aino.begin(unit.topic, "Hei").await;
        assert_eq!(hanna.get_citizen(aino.id).await.unwrap().id, aino.id);
    }
}
