//! Words of the trade that mean the same, in several languages: one line is one meaning.
//!
//! It is a table and no model: small static embeddings that may be shipped either weigh more than the whole program or
//! know English only, and would cost a search more than its whole time.

use std::sync::OnceLock;

use crate::words::stem;

/// One meaning a line, its words folded. Only words that mean it wherever they stand.
const TABLE: &str = "\
database db datenbank datenbanken bdd datenbasis postgres postgresql sqlite mysql データベース
authentication authenticate auth login signin logon anmeldung anmelden einloggen connexion logging
password passwort kennwort credential credentials secret secrets geheimnis geheimnisse zugangsdaten passwords
token tokens anmeldetoken jeton
backup backups sauvegarde sicherung datensicherung sichern backed
restore wiederherstellen wiederherstellung restauration
error errors fehler erreur failure failed fails fail failing fehlgeschlagen echoue echouent echouaient fehlschlagen 失敗 エラー
message messages meldung nachricht fehlermeldung fehlermeldungen notification notifications 通知
timeout zeituberschreitung zeitlimit delai frist deadline
delay delays delayed late verspatung verspatungen retard
request requests anfrage anfragen requete aufruf
api schnittstelle interface endpoint endpoints
job jobs task tasks auftrag auftrage aufgabe aufgaben tache
retry retries retried repeat erneut wiederholen nochmal
queue warteschlange queued broker
kafka rabbitmq broker
cache cached caching zwischenspeicher redis
delete deleted remove removed erase erased loschen geloscht entfernen supprimer purge
user users benutzer nutzer utilisateur customer customers kunde kunden account konto
company firm firma firmen unternehmen firmenkonto firmenkunden
payment payments pay paid zahlung bezahlen paiement paiements stripe billed charged charge billing
refund refunds erstattung ruckerstattung remboursement
invoice invoices rechnung rechnungen facture bill
price prices preis preise prix fare fares pris betaler amount amounts money
printer printers drucker imprimante
test tests testing testdaten テスト
release releases deploy deploys deployment rollout veroffentlichung livraison
production produktion prod 本番
migration migrations schema
server servers node nodes machine machines host serveur
cluster kubernetes k8s k3s
certificate certificates zertifikat certificat tls ssl cert
encryption encrypt verschlusselung chiffrement
key keys schlussel cle
log logs protokoll journal logging
store stored keep kept retention aufbewahrt aufbewahren gespeichert conserve
memory speicher ram oom heap
cpu processor prozessor
disk festplatte platte disque
network netzwerk netz reseau
performance latency slow langsam lent speed p95 p99
lock locks locking locked sperre sperren verrou blocking blocks
crash crashes crashed absturz plantage
bug bugs defect 不具合
session sessions sitzung
permission permissions berechtigung rechte
search suche suchen recherche 検索
index indexes indices
image images photo photos bild bilder picture
map maps karte karten
mail mails email emails
phone telephone telefon telephonique
screen bildschirm ecran display
keyboard tastatur clavier
accessibility a11y barrierefrei barrierefreiheit readers
translation i18n locale ubersetzung traduction texts
time zeit heure clock uhr
timezone zone zeitzone
date datum
day tag jour
week woche semaine
month monat mois
night nachts nuit 毎晩
person people somebody colleague colleagues owner owns responsible responsable zustandig verantwortlich
review approve approval approved freigabe genehmigung
decision decided entscheidung decision against
config configuration konfiguration einstellung settings
version versions upgrade update updates
dependency dependencies abhangigkeit
branch branches zweig
commit commits
cancel cancelled canceled stornieren storniert annuler
privacy gdpr dsgvo datenschutz rgpd
number numbers nummer nummern numero
limit limits grenze max maximum most
size gross grosse big large budget
mock mocks fake fakes
pull merge mr pr
autoscaling scales scaling scale skalierung
dashboard dashboards tableaux
change changes changement anderung andern changer changing
card cards carte cartes karte
no not never none nicht kein keine nie pas ne ohne without don't forbidden refused nobody jamais don dont mustn cannot
app application aplikacja anwendung
startup start starts begin
upload uploads hochladen
";

/// The words of the table and their stems with the numbers of their lines, sorted. Made once a process, and quickly: most
/// commands need a few words of it.
fn table() -> &'static [(&'static str, usize)] {
    static TABLES: OnceLock<Vec<(&'static str, usize)>> = OnceLock::new();
    TABLES.get_or_init(|| {
        let mut table = Vec::with_capacity(1600);
        for (number, line) in TABLE.lines().enumerate() {
            for word in line.split_ascii_whitespace() {
                table.push((word, number));
                let stem = stem(word);
                if stem.len() < word.len() {
                    table.push((stem, number));
                }
            }
        }
        table.sort_unstable();
        table.dedup();
        table
    })
}

/// The numbers of what a word means, none for most words.
#[must_use]
pub fn of(word: &str, stem: &str) -> Vec<usize> {
    let found = numbers(word);
    if found.is_empty() && stem != word { numbers(stem) } else { found }
}

fn numbers(key: &str) -> Vec<usize> {
    let table = table();
    let from = table.partition_point(|(known, _)| *known < key);
    table[from..].iter().take_while(|(known, _)| *known == key).map(|(_, number)| *number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::fold;

    #[test]
    fn the_table_is_folded() {
        TABLE.split_ascii_whitespace().for_each(|word| assert_eq!(fold(word), word));
    }

    #[test]
    fn words_of_one_line_share_a_meaning() {
        let of = |word: &str| of(&fold(word), stem(&fold(word)));
        assert!(of("Datenbank").iter().any(|meaning| of("PostgreSQL").contains(meaning)));
        assert!(of("Rückerstattung").iter().any(|meaning| of("refunds").contains(meaning)));
        assert_eq!(of("Zebra"), Vec::<usize>::new());
    }
}
