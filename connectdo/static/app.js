// Small comforts. Every page works without this file.

const page = document.documentElement;
page.classList.add("js");

// Somebody whose form came back with faults starts at the list of what to put right.
const faults = document.querySelector(".govuk-error-summary");
if (faults) {
  faults.tabIndex = -1;
  faults.focus();
}

// Filters are sent closed, so that results are near on a phone; a wide screen has room for them.
if (window.matchMedia("(min-width: 641px)").matches) {
  for (const details of document.querySelectorAll("details[data-open-wide]")) {
    details.open = true;
  }
}
