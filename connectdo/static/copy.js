// Copies a text at one press. Without this file the text is there to be marked and copied.

for (const button of document.querySelectorAll("button[data-copy]")) {
  if (!navigator.clipboard) break;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const text = document.getElementById(button.dataset.copy);
    text.select();
    try {
      await navigator.clipboard.writeText(text.value);
      button.parentElement.querySelector("[data-copied]").hidden = false;
    } catch {
      // The text is marked: their own way of copying is one press away.
    }
  });
}
