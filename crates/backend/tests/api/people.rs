//! Citizens and professionals.

use omasote_types::error::ErrorCode;

use crate::harness::{code, on_both_engines};

on_both_engines! {
    async fn a_citizen_sees_their_own_data_and_nobody_elses(app: TestApp) {
        let (aino, eero) = (app.citizen().await, app.citizen().await);
        let own = aino.get_citizen(aino.id).await.unwrap();
        assert_eq!((own.id, own.municipality.as_str()), (aino.id, "Kuhmo"));
        assert_eq!(code(eero.get_citizen(aino.id).await), ErrorCode::NotFound);
    }

    async fn a_professional_does_not_see_a_citizens_own_data(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        aino.begin(unit.topic, "Hei").await;
        assert_eq!(code(hanna.get_citizen(aino.id).await), ErrorCode::NotFound);
    }
}
