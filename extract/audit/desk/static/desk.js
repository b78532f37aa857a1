// Keys, the evidence in sight, and selected words into the form. The desk works without it.
(function () {
  "use strict";
  var root = document.documentElement;
  root.classList.add("js");
  var text = document.getElementById("text");
  var evidence = document.getElementById("evidence");
  var toggle = document.getElementById("keys-on");

  // Only the pane scrolls: the buttons stay where they are.
  function toEvidence() {
    if (text && evidence) {
      text.scrollTop = Math.max(0, evidence.offsetTop - text.clientHeight / 3);
    }
  }
  toEvidence();
  addEventListener("resize", toEvidence);

  function stored(value) {
    try {
      if (value !== undefined) localStorage.setItem("extract-keys", value);
      return localStorage.getItem("extract-keys");
    } catch (e) { return null; }
  }
  if (toggle) {
    toggle.checked = stored() !== "off";
    toggle.addEventListener("change", function () {
      stored(toggle.checked ? "on" : "off");
      root.classList.toggle("nokeys", !toggle.checked);
    });
    root.classList.toggle("nokeys", !toggle.checked);
  }

  document.querySelectorAll("[data-opens]").forEach(function (button) {
    button.addEventListener("click", function () {
      var part = document.getElementById(button.dataset.opens);
      var open = part.classList.toggle("open");
      button.setAttribute("aria-expanded", String(open));
      if (open) {
        var field = part.querySelector("[name=value]");
        field.focus();
        field.select();
      }
    });
  });

  // Enter in a field of the answer must not press the first button, which says "right".
  document.querySelectorAll("form.answer input").forEach(function (input) {
    input.addEventListener("keydown", function (event) {
      if (event.key !== "Enter") return;
      event.preventDefault();
      var save = input.closest("fieldset") && input.closest("fieldset").querySelector("button");
      if (save) save.click();
      else input.blur();
    });
  });

  // One answer a press: a second click before the next page is there changes nothing.
  document.querySelectorAll("form").forEach(function (form) {
    form.addEventListener("submit", function (event) {
      if (form.dataset.sent) event.preventDefault();
      form.dataset.sent = "yes";
    });
  });
  addEventListener("pageshow", function () {
    document.querySelectorAll("form").forEach(function (form) { delete form.dataset.sent; });
  });

  // Where a place of the page stands in the letter, in characters as Python counts them.
  function offset(node, at) {
    var range = document.createRange();
    range.setStart(text, 0);
    range.setEnd(node, at);
    var part = range.cloneContents();
    part.querySelectorAll(".unseen").forEach(function (one) { one.textContent = "x"; });
    return Array.from(part.textContent).length;
  }

  function takeSelection() {
    var form = document.querySelector("#missed form");
    var chosen = getSelection();
    if (!form || !text || !chosen.rangeCount || chosen.isCollapsed) return false;
    var range = chosen.getRangeAt(0);
    if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return false;
    form.start.value = offset(range.startContainer, range.startOffset);
    form.end.value = offset(range.endContainer, range.endOffset);
    form.quote.value = chosen.toString();
    return true;
  }
  var missed = document.getElementById("missed");
  if (missed) {
    missed.querySelector("[name=quote]").addEventListener("input", function () {
      missed.querySelector("[name=start]").value = "-1";
      missed.querySelector("[name=end]").value = "-1";
    });
    if (text) text.addEventListener("mouseup", function () { if (missed.open) takeSelection(); });
    missed.addEventListener("toggle", function () { if (missed.open) takeSelection(); });
  }
  function addMissed() {
    var taken = takeSelection();
    missed.open = true;
    missed.querySelector(taken ? "[name=field]" : "[name=quote]").focus();
  }

  document.addEventListener("keydown", function (event) {
    if (toggle && !toggle.checked) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    var at = event.target;
    if (event.key === "Escape" && at.blur) { at.blur(); return; }
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName) && at.type !== "checkbox") return;
    if (event.key === "a" && missed) { event.preventDefault(); addMissed(); return; }
    var focus = document.querySelector('[data-focus="' + CSS.escape(event.key) + '"]');
    if (focus) { event.preventDefault(); focus.focus(); return; }
    var control = document.querySelector('[data-key="' + CSS.escape(event.key) + '"]');
    if (control) { event.preventDefault(); control.click(); }
  });
})();
