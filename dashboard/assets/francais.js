"use strict";
// French for the words Streamlit 1.67 writes by itself. Loaded before its bundle. It changes texts and labels in place, never the
// structure (React keeps its references), and leaves alone what our pages wrote.
(() => {
  // said once, or a page opened by its own address looks for its server under that address first: two refusals in the console
  window.__streamlit = { BACKEND_BASE_URL: `${window.location.origin}/` };

  // calendars, month names and numbers follow the browser's language: French whatever the machine says
  for (const [name, value] of [["language", "fr-FR"], ["languages", ["fr-FR", "fr"]]]) {
    Object.defineProperty(Navigator.prototype, name, { get: () => value, configurable: true });
  }

  const EXACT = {
    // page and navigation
    "Skip to main content": "Aller au contenu",
    "App pages": "Pages du tableau de bord",
    "Navigate to home page": "Aller à la page d'accueil",
    "Link to heading": "Lien vers ce titre",
    "Main menu": "Menu",
    "Sidebar": "Menu latéral",
    "Expand sidebar": "Ouvrir le menu",
    "Collapse sidebar": "Fermer le menu",
    "Open navigation": "Ouvrir le menu",
    "Notifications": "Messages",
    "Page not found": "Page introuvable",
    "Running...": "Calcul en cours…",
    "Stop": "Arrêter",
    "Stop script": "Arrêter le calcul",
    "Rerun": "Relancer",
    "Always rerun": "Toujours relancer",
    "Auto rerun": "Relancer à chaque changement",
    "File change.": "Fichier modifié.",
    "Settings": "Réglages",
    "Print": "Imprimer",
    "Get help": "Aide",
    "Report a bug": "Signaler un défaut",
    "About": "À propos",
    "Clear cache": "Vider le cache",
    "Clear caches": "Vider les caches",
    // connection and errors
    "CONNECTING": "Connexion…",
    "Connecting": "Connexion…",
    "Please wait...": "Merci de patienter…",
    "Loading...": "Chargement…",
    "Connection error": "Connexion perdue",
    "Connection lost. Please wait for the app to reconnect, then try again.": "Connexion perdue\u00a0: patientez, puis recommencez.",
    "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:":
      "Le serveur ne répond plus. La page se rétablira seule à son retour\u202f; sinon, prévenez la coordination.",
    "Streamlit server is not responding. Are you connected to the internet?": "Le serveur ne répond pas. Vérifiez votre connexion.",
    "Unable to connect to Streamlit server": "Serveur injoignable",
    "Reconnected to server.": "Connexion rétablie.",
    "An error has occurred, please try again.": "Une erreur est survenue\u00a0: recommencez.",
    "Script execution error": "Erreur dans la page",
    "Something went wrong": "Une erreur est survenue",
    "Try again": "Recommencer",
    "Error:": "Erreur\u00a0:",
    "OK": "OK",
    "Cancel": "Annuler",
    "Close": "Fermer",
    "Dismiss": "Fermer",
    "Open": "Ouvrir",
    "Copy": "Copier",
    "Copy to clipboard": "Copier",
    "Don't show again": "Ne plus afficher",
    // choices
    "Choose an option": "Choisir",
    "Choose options": "Choisir",
    "Select...": "Choisir",
    "No results": "Aucun résultat",
    "No options to select": "Aucun choix possible",
    "Select all": "Tout choisir",
    "Selected values": "Valeurs choisies",
    "Clear all": "Tout effacer",
    "Clear value": "Effacer",
    "Clear selection": "Effacer le choix",
    "Clear entry": "Effacer la saisie",
    "Decrement": "Diminuer",
    "Increment": "Augmenter",
    "Press Enter to apply": "Entrée pour valider",
    "Press Enter to submit form": "Entrée pour envoyer",
    "Press Ctrl+Enter to apply": "Ctrl+Entrée pour valider",
    "Press Ctrl+Enter to submit form": "Ctrl+Entrée pour envoyer",
    "Press ⌘+Enter to apply": "⌘+Entrée pour valider",
    "This field is required.": "Cette réponse est nécessaire.",
    "Scroll tabs left": "Onglets précédents",
    "Scroll tabs right": "Onglets suivants",
    "Button action menu": "Autres actions",
    // dates
    "Choose date": "Choisir une date",
    "Choose date range": "Choisir une période",
    "Choose date and time": "Choisir une date et une heure",
    "Quick select a date range": "Choisir une période courante",
    "Previous month": "Mois précédent",
    "Next month": "Mois suivant",
    "Clear date": "Effacer la date",
    "Clear dates": "Effacer les dates",
    "Clear time": "Effacer l'heure",
    "Clear date and time": "Effacer la date et l'heure",
    "Date range": "Période",
    "Calendar": "Calendrier",
    "Past Week": "7 derniers jours",
    "Past Month": "Dernier mois",
    "Past 3 Months": "3 derniers mois",
    "Past 6 Months": "6 derniers mois",
    "Past Year": "Dernière année",
    "Past 2 Years": "2 dernières années",
    "Start date must be before end date.": "Le début doit précéder la fin.",
    "Use arrow keys to navigate dates. Enter to select. Escape to close.": "Flèches pour changer de date, Entrée pour choisir, Échap pour fermer.",
    // files
    "Upload": "Choisir un fichier",
    "add icon": "ajouter",
    "Add files": "Ajouter des fichiers",
    "file upload": "dépôt de fichier",
    "Upload file": "Déposer un fichier",
    "Upload files": "Déposer des fichiers",
    "Drag and drop file here": "Déposer le fichier ici",
    "Drag and drop files here": "Déposer les fichiers ici",
    "Drag and drop a file here": "Déposer le fichier ici",
    "Delete file": "Retirer le fichier",
    // tables and charts
    "Fullscreen": "Plein écran",
    "Toggle fullscreen": "Plein écran",
    "Close fullscreen": "Quitter le plein écran",
    "Download as CSV": "Télécharger (CSV)",
    "Download as PNG": "Télécharger (PNG)",
    "Download data": "Télécharger",
    "Search": "Chercher",
    "Close Search": "Fermer la recherche",
    "Previous Result": "Résultat précédent",
    "Next Result": "Résultat suivant",
    "Show/hide columns": "Colonnes",
    "Show data": "Voir les données",
    "Show chart": "Voir le graphique",
    "No data": "Aucune donnée",
    "View less": "Voir moins",
    "Pagination": "Pages du tableau",
    "Previous page": "Page précédente",
    "Next page": "Page suivante",
    "Copy column name": "Copier le nom de la colonne",
  };
  // Streamlit's own server writes these longer ones; their beginning is enough to know them
  const BEGINNINGS = [
    ["This app has encountered an error.", "Cette page a rencontré une erreur. Le détail est dans le journal du serveur."],
    ["The page that you have requested does not seem to exist", "Cette adresse n'existe pas\u00a0: voici la page d'accueil."],
  ];
  // said by the calendar to screen readers, in English whatever the language: "September 30, 2022"
  const day = (date) => (Number.isNaN(Date.parse(date)) ? date : new Date(date).toLocaleDateString("fr-FR", { dateStyle: "long" }));
  const month = (number) => new Date(2024, number - 1).toLocaleDateString("fr-FR", { month: "long" });
  const size = (number, unit) => `${number.replace(".", ",")}\u00a0${unit}o`;
  const PATTERNS = [
    [/^Remove (.+)$/, "Retirer $1"],
    [/^Upload (.+)$/, "Déposer\u00a0: $1"],
    [/^(\d+) options? available\.$/, "$1 choix."],
    [/^View (\d+) more$/, "Voir $1 de plus"],
    [/^(\d+) more$/, "$1 de plus"],
    [/^Select (\d+) matches$/, "Choisir les $1 trouvés"],
    [/^Add: (.+)$/, "Ajouter\u00a0: $1"],
    [/^Page (\d+) of (\d+)$/, "Page $1 sur $2"],
    [/^(\d+(?:\.\d+)?)\s?([KMG]?)B per file$/, (_, n, u) => `${size(n, u)} au plus par fichier`],
    [/^Limit (\d+(?:\.\d+)?)\s?([KMG]?)B per file(.*)$/, (_, n, u, rest) => `${size(n, u)} au plus par fichier${rest}`],
    [/^(\d+(?:\.\d+)?)\s?([KMG]?)B$/, (_, n, u) => size(n, u)],
    [/^(.+), (\d+(?:\.\d+)?)([KMG]?)B$/, (_, file, n, u) => `${file}, ${size(n, u)}`],
    [/^File must be (\d+(?:\.\d+)?)([KMG]?)B or smaller\.$/, (_, n, u) => `Fichier trop lourd\u00a0: ${size(n, u)} au plus.`],
    [/^(.*) files are not allowed\.$/, "Type de fichier refusé."],
    [/^Number is above the allowed range\..* (\S+)\.$/, "Nombre trop grand\u00a0: $1 au plus."],
    [/^Number is below the allowed range\..* (\S+)\.$/, "Nombre trop petit\u00a0: $1 au moins."],
    [/^Number is outside the allowed range\..* between (\S+) and (\S+)\.$/, "Nombre hors limites\u00a0: entre $1 et $2."],
    [/^Value must be (.+) or earlier\.$/, "Au plus tard\u00a0: $1."],
    [/^Value must be (.+) or later\.$/, "Au plus tôt\u00a0: $1."],
    [/^Selected Date: (.*)$/, (_, date) => `Date choisie\u00a0: ${day(date)}`],
    [/^Selected Range: (.*) (?:to|–) (.*)$/, (_, first, last) => `Période choisie\u00a0: du ${day(first)} au ${day(last)}`],
    [/^day, (.+)$/, "jour, $1"],
    [/^month, (.+)$/, "mois, $1"],
    [/^year, (.+)$/, "année, $1"],
    [/^(\d\d) – [A-Z][a-z]+$/, (_, number) => `${number}, ${month(Number(number))}`],
    [/^Choose date, (.+)$/, "Choisir une date, $1"],
    [/^You can only select up to (\d+) options?\..*$/, "$1 choix au plus\u00a0: retirez-en un d'abord."],
  ];
  const ATTRIBUTES = ["aria-label", "title", "placeholder", "aria-roledescription", "aria-valuetext"];
  const OURS = "[data-testid='stMarkdownContainer'] p, [data-testid='stHtml'], [data-testid='stTable'], pre, code";
  const THEIRS = "[role=alert], [role=dialog], [data-testid=stTopNavSection], [data-testid=stFileUploader] button";

  const french = (text) => {
    const key = text.trim().replace(/\s+/g, " ");
    if (!key) return text;
    if (Object.hasOwn(EXACT, key)) return text.replace(text.trim(), EXACT[key]);
    for (const [beginning, sentence] of BEGINNINGS) if (key.startsWith(beginning)) return sentence;
    for (const [pattern, replacement] of PATTERNS) if (pattern.test(key)) return key.replace(pattern, replacement);
    return text;
  };
  const fixText = (node) => {
    const parent = node.parentElement;
    if (parent?.closest(OURS) && !parent.closest(THEIRS)) return;
    const value = french(node.nodeValue);
    if (value !== node.nodeValue) node.nodeValue = value;
  };
  const fixAttributes = (element) => {
    for (const name of ATTRIBUTES) {
      const value = element.getAttribute(name);
      if (value && french(value) !== value) element.setAttribute(name, french(value));
    }
  };
  const fix = (root) => {
    if (root.nodeType === Node.TEXT_NODE) return fixText(root);
    if (root.nodeType !== Node.ELEMENT_NODE) return;
    fixAttributes(root);
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) (walker.currentNode.nodeType === Node.TEXT_NODE ? fixText : fixAttributes)(walker.currentNode);
  };
  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "characterData") fixText(change.target);
      else if (change.type === "attributes") fixAttributes(change.target);
      else change.addedNodes.forEach(fix);
    }
  }).observe(document.documentElement, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES });
})();
