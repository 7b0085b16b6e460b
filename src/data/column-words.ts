/**
 * What column names say, in French, English, German, Spanish, Italian and Portuguese. Names are compared without accents, case and
 * punctuation: `Durée_arrêt (jours)` is "duree arret jours".
 */
export function plainName(name: string): string {
  return name
    .replace(/([a-zà-ÿ]{2})([A-ZÀ-Þ])/g, '$1 $2') // startDate, not mRID
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9%]+/g, ' ')
    .trim();
}

/** One word of many; `_` stands for a space. A language or so a line, the names that systems give last. */
function anyOf(...lines: readonly string[]): RegExp {
  return new RegExp(`\\b(${lines.join(' ').replaceAll(' ', '|').replaceAll('_', ' ')})\\b`);
}

/** One of the first words as the whole name, but for those of dates and times; or one of the others anywhere. */
function allOrAnyOf(whole: readonly string[], ...lines: readonly string[]): RegExp {
  const dated = '(date|time|datum|zeit|fecha|hora|data|heure|jour|day|le|du|at|de|d)';
  const words = whole.join(' ').replaceAll(' ', '|').replaceAll('_', ' ');
  return new RegExp(`^(${dated} )*(${words})( ${dated})*$|${anyOf(...lines).source}`);
}

const patterns = {
  duration: new RegExp(
    [
      anyOf(
        'durees?',
        'durations? downtimes?',
        '[a-z]*dauer [a-z]*standszeit ausfallzeit',
        'duracion(es)?',
        'durata',
        'duracao',
      ).source,
      /\boutage (days|hours|length)\b/.source,
      /\b(jours?|heures?|days?|hours?) (perdue?s?|lost)\b|\blost (days|hours)\b|\btemps d (arret|indisponibilite)\b/
        .source,
      /\b(nombre|nb|number) (de |of )?(jours|days|hours|heures)( d )?( arret)?$/.source,
    ].join('|'),
  ),
  announced: anyOf(
    'annoncee?s? prevue?s? previsionnel(le)?s? planifiee?s? estimee?s? initiale?s? budget(ee)? cible objectif theorique',
    'announced planned scheduled expected estimated initial original baseline forecast',
    'geplante?[rns]? erwartete?[rns]? geschatzte?[rns]? vorgesehene?[rns]?',
    'previst[oa]s? planificad[oa]s? programad[oa]s? estimad[oa]s?',
    'previst[aeio] pianificat[aeio] programmat[aeio] stimat[aeio]',
    'planejad[oa]s?',
    'schedstart schedfinish targstartdate targcompdate estdur',
  ),
  /** Of the time before, or of something that is set beforehand: known when an outage begins. */
  earlier: anyOf(
    'vie garantie contrat cycle life warranty contract',
    'precedente?s? derniere?s? depuis avant moyenn?e?s? historique ecoulee?s?',
    'previous prior last since before mean median average',
    'letzte[rns]? vorherige[rns]? seit mittlere[rns]?',
    'anterior(es)? ultim[aeio]s? promedio precedenti',
  ),
  start: allOrAnyOf(
    [
      'arret decouplage deconnexion indisponible(_depuis)? hors_service mise_a_l_arret',
      'out(_of_service)? off(_?line)? down tripped trip shut_?down taken_out desync(hroni[sz]ed)?',
      'au_er_betrieb ausser_betrieb abfahren abschaltung abgeschaltet',
      'salida parada desconexion fuera_de_servicio uscita fermata fuori_servizio saida fora_de_servico',
    ],
    'debut commencement lancement ouverture',
    'start(s|ed|ing)? begin(s|ning)? from start(date|time|datetime)',
    'beginn anfang (beginn|anfangs|start)(zeit|datum|termin)',
    'inicio desde',
    'inizio dal',
    'actstart ausvn',
  ),
  end: allOrAnyOf(
    [
      're?couplage couplage redemarrage disponible(_depuis)? en_service remise_en_marche',
      'to au al bis_zum',
      'back(_in_service|_on_line|_online|_on_grid|_up)? on_line in_service up restored restoration restart(ed)? returned re_?sync(hroni[sz]ed)?',
      '(wieder_)?in_betrieb wieder(anfahren|inbetriebnahme) anfahren',
      'entrada arranque reconexion vuelta(_al_servicio)? en_servicio rientro(_in_servizio)? riavvio retorno volta religamento',
    ],
    'fin retour reprise cloture remise_en_service',
    'ends? ended ending finish(ed)? until closed completion return (end|finish|completion)(date|time|datetime)',
    'ende schluss bis (end|schluss)(zeit|datum|termin)',
    'hasta termino',
    'fine fino',
    'fim ate',
    'actfinish ausbs',
  ),
  date: anyOf(
    'dates? datetime timestamp jour day time horodatage debut fin start end updated publication mise_en_service commissioning',
    'datum beginn ende fechas? inicio inizio fim [a-z]*(date|datum)',
  ),
  published: anyOf(
    'publication publie maj mise_a_jour modification saisie',
    'published updated update modified created creation',
    'erstellt geandert aktualisiert veroffentlicht cread[oa] actualizad[oa] publicad[oa] creat[oa] aggiornat[oa]',
  ),
  identifier: new RegExp(
    anyOf(
      'id ids identifiant numero num no ref cle',
      'identifier mrid uuid guid number reference eic code key',
      'kennung nummer meldung(snummer)? identificador identificativo codigo codice',
      'wonum qmnum notifictn notification aufnr',
    ).source + /|^n\b|\bn$/.source, // « N° »
  ),
  version: anyOf('version versione revision rev indice'),
  group: anyOf(
    'tranches? unites? sites? centrales? reacteurs? groupes? usine nom equipements?',
    'units? plants? resources? stations? reactors? name equipment asset(num)?',
    'block kraftwerk[a-z]* anlage standort werk maschine',
    'central(es)? planta unidad unita impianto unidade usina',
    'duid equnr tplnr siteid',
  ),
  lever: anyOf(
    'effectifs? equipes? ressources? moyens prestataires? postes budget heures_supplementaires',
    'crew staff team teams workers headcount manpower contractors? shifts? overtime',
    'personal personale',
  ),
  /** A kind of outage, given before it begins. */
  kind: anyOf(
    'types? natures? genres? motifs? causes? raisons? travaux',
    'kinds? reasons? worktype',
    'art grund ursache tipos? tipologia causa motivo',
  ),
  power: anyOf('puissance power mw mwe pmax capacity capacite curtailment leistung potencia potenza'),
  energy: anyOf('energie energy energia mwh gwh perte production_perdue lost_production'),
  overrun: anyOf(
    'ecarts? prolongations? retards? depassements? derives?',
    'overruns? delays? slippages? late extensions?',
    'verzug verspatung verzogerung retrasos? ritardo atraso',
  ),
  /** Known before what is measured from there on. */
  departure: anyOf('departs? departures? dep'),
  /** A unit of time and nothing else: a duration where no other column is called one. */
  bareUnit:
    /^((nb|nombre de|number of|n) )?(hours?|heures?|stunden|horas|ore|jours?|days?|tage|dias|giorni|minutes?|minuten|minutos|minuti|semaines?|weeks?|wochen)$/,
  share:
    /\b(part|share|taux|rate|ratio|fraction|proportion|disponibles?|available|availability|%|pct|pourcentage|percent)\b/,
  status: anyOf('statuts? etat [a-z]*status state zustand estado stato situacao'),
} as const;

export type NameHint = keyof typeof patterns;

/** True where the column's name contains a word of this kind. */
export function nameSays(name: string, hint: NameHint): boolean {
  return patterns[hint].test(plainName(name));
}

export function isDateName(name: string): boolean {
  return nameSays(name, 'date');
}
