// Passkeys: ask the device for one, then send the form as any other form is sent.
// Without this file the way in by password stands alone.
async function optionsOf(form) {
  if (form.dataset.options) return JSON.parse(form.dataset.options);
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error("the site gave no passkey question");
  return (await answer.json()).request_options;
}

function asPasskey(options) {
  const wanted = options.publicKey.authenticatorSelection;
  Object.assign(wanted, {
    residentKey: "required",
    requireResidentKey: true,
    userVerification: "required",
  });
  return options;
}

async function send(form) {
  const options = await optionsOf(form);
  const credential =
    form.dataset.passkey === "create"
      ? await window.webauthnJSON.create(asPasskey(options))
      : await window.webauthnJSON.get(options);
  form.elements.credential.value = JSON.stringify(credential);
  form.submit();
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const said = form.querySelector("[data-passkey-said]");
  const able = "PublicKeyCredential" in window && "webauthnJSON" in window;
  form.hidden = !able && form.dataset.passkey === "get" && !form.dataset.options;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!able) return void (said.textContent = said.dataset.none);
    send(form).catch(() => (said.textContent = said.dataset.no));
  });
}
