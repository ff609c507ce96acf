//! The API documentation at `/docs`: Swagger UI from its npm package, without inline scripts and without a CDN.

use std::fs;

use anyhow::{Context, Result};

use super::dist::Dist;
use super::template::fill;
use crate::workspace::Workspace;

const PACKAGE: &str = "frontend/node_modules/swagger-ui-dist";
const OWN: &str = "crates/xtask/swagger-ui";

/// Adds the page and the four files it needs.
pub(crate) fn build(workspace: &Workspace, dist: &Dist) -> Result<()> {
    let read = |folder: &str, name: &str| {
        let file = workspace.path(folder).join(name);
        fs::read(&file).with_context(|| format!("cannot read {}", file.display()))
    };
    let sheet = dist.add_asset("swagger-ui", "css", &read(PACKAGE, "swagger-ui.css")?)?;
    let bundle = dist.add_asset("swagger-ui", "js", &read(PACKAGE, "swagger-ui-bundle.js")?)?;
    let own_sheet = dist.add_asset("docs", "css", &read(OWN, "docs.css")?)?;
    let start = dist.add_asset("docs", "js", &read(OWN, "docs.js")?)?;
    let values = [
        ("CSS", sheet.url.as_str()),
        ("CSS_SRI", &sheet.integrity),
        ("OWN_CSS", &own_sheet.url),
        ("OWN_CSS_SRI", &own_sheet.integrity),
        ("BUNDLE", &bundle.url),
        ("BUNDLE_SRI", &bundle.integrity),
        ("START", &start.url),
        ("START_SRI", &start.integrity),
    ];
    let page = String::from_utf8(read(OWN, "index.html")?)?;
    dist.add_page("docs/index.html", fill(&page, &values).context(OWN)?.as_bytes())
}
