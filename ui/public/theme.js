// Before the first paint, so that a chosen theme never flashes. ui/shared/browser.ts owns the entry.
try {
  const { theme } = JSON.parse(localStorage.getItem('countersign.browser') ?? '{}');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Nothing kept: the system's theme holds.
}
