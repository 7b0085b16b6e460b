/**
 * What column names say, in French and in English. Names are compared without accents, case and
 * punctuation: `Durée_arrêt (jours)` is "duree arret jours".
 */
export function plainName(name: string): string {
  return name
    .replace(/([a-zà-ÿ])([A-ZÀ-Þ])/g, '$1 $2') // startDate
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9%]+/g, ' ')
    .trim();
}

const patterns = {
  duration:
    /\b(durees?|durations?|downtimes?|outage (days|hours|length))\b|\b(nombre|nb|number) (de |of )?(jours|days|hours|heures)( d )?( arret)?$/,
  announced:
    /\b(annoncee?s?|announced|prevue?s?|previsionnel(le)?s?|planifiee?s?|planned|scheduled|expected|estimee?s?|estimated|initiale?s?|initial|forecast|budget(ee)?|cible|objectif|theorique)\b/,
  earlier:
    /\b(precedente?s?|previous|prior|derniere?s?|last|depuis|since|avant|before|moyenn?e?s?|mean|median|average|historique|ecoulee?s?)\b/,
  start: /\b(debut|start(s|ed|ing)?|begin(s|ning)?|from|commencement|lancement|ouverture)\b/,
  end: /\b(fin|ends?|ended|ending|finish(ed)?|until|retour|reprise|cloture|closed|completion|remise en service|return)\b/,
  date: /\b(dates?|datetime|timestamp|jour|day|time|horodatage|debut|fin|start|end|updated|publication|mise en service|commissioning)\b/,
  published:
    /\b(publication|publie|published|updated|update|maj|mise a jour|modified|modification|last updated|created|creation|saisie)\b/,
  identifier:
    /\b(id|ids|identifiant|identifier|mrid|uuid|guid|numero|num|no|number|ref|reference|eic|code|cle|key)\b|\bn$/, // « N° »
  version: /\b(version|revision|rev|indice)\b/,
  group:
    /\b(tranches?|unites?|units?|sites?|centrales?|plants?|resources?|stations?|reacteurs?|reactors?|groupes?|usine|nom|name|nom tranche)\b/,
  lever:
    /\b(effectifs?|crew|staff|team|teams|equipes?|ressources?|moyens|workers|headcount|manpower|prestataires?|contractors?|postes|shifts?|budget|heures supplementaires|overtime)\b/,
  power: /\b(puissance|power|mw|mwe|pmax|capacity|capacite|curtailment)\b/,
  energy: /\b(energie|energy|mwh|gwh|production perdue|lost production|perte)\b/,
  overrun:
    /\b(ecarts?|prolongations?|retards?|depassements?|derives?|overruns?|delays?|slippages?|late|extensions?)\b/,
  share:
    /\b(part|share|taux|rate|ratio|fraction|proportion|disponibles?|available|availability|%|pct|pourcentage|percent)\b/,
} as const;

export type NameHint = keyof typeof patterns;

/** True where the column's name contains a word of this kind. */
export function nameSays(name: string, hint: NameHint): boolean {
  return patterns[hint].test(plainName(name));
}

export function isDateName(name: string): boolean {
  return nameSays(name, 'date');
}
