// Starts the app. The page shows its boot shell until this is done.
import init from "__JS__";

// The rules of pages that nobody sees first.
function dressLater() {
  const sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = "__LATER__";
  sheet.integrity = "__LATER_SRI__";
  document.head.append(sheet);
}

const wasm = fetch("__WASM__", { integrity: "__WASM_SRI__", credentials: "same-origin" });
init({ module_or_path: wasm }).then(dressLater).catch(() => {
  const failure = document.getElementById("boot-failure");
  if (failure) failure.hidden = false;
  document.getElementById("boot-loading")?.remove();
});
