// Starts the app. The page shows its boot shell until this is done.
import init from "__JS__";

const wasm = fetch("__WASM__", { integrity: "__WASM_SRI__", credentials: "same-origin" });
init({ module_or_path: wasm }).catch(() => {
  const failure = document.getElementById("boot-failure");
  if (failure) failure.hidden = false;
  document.getElementById("boot-loading")?.remove();
});
