// Runs before the first paint, so that a chosen theme does not flash. preferences.js writes what is read here.
(function () {
    let chosen = {};
    try {
        chosen = JSON.parse(localStorage.getItem('bellwether.preferences')) || {};
    } catch {
        return;
    }
    if (chosen.theme === 'dark' || chosen.theme === 'light') document.documentElement.dataset.theme = chosen.theme;
    if (chosen.density === 'comfortable') document.documentElement.dataset.density = 'comfortable';
})();
