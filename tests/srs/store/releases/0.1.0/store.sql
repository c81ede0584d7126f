PRAGMA application_id = 1346650955;
PRAGMA user_version = 7;
BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'proofdeck','0001_cards_and_log','2026-11-30 08:08:12.934860+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'proofdeck','0002_attempts','2026-11-30 08:08:12.935192+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'proofdeck','0003_exercises','2026-11-30 08:08:12.935760+00:00');
INSERT INTO "_sqlite_migrations" VALUES(4,'proofdeck','0004_failing','2026-11-30 08:08:12.936288+00:00');
INSERT INTO "_sqlite_migrations" VALUES(5,'proofdeck','0005_held','2026-11-30 08:08:12.936803+00:00');
INSERT INTO "_sqlite_migrations" VALUES(6,'proofdeck','0006_since','2026-11-30 08:08:12.937296+00:00');
INSERT INTO "_sqlite_migrations" VALUES(7,'proofdeck','0007_ran_with','2026-11-30 08:08:12.990122+00:00');
CREATE TABLE attempt (
            id TEXT PRIMARY KEY DEFAULT (lower(hex(randomblob(10)))),
            guide TEXT NOT NULL,
            task TEXT NOT NULL,
            at TEXT NOT NULL CHECK (at LIKE '____-__-__T__:__:__.___Z'),
            day TEXT NOT NULL CHECK (day IS date(day)),
            is_right INTEGER NOT NULL CHECK (is_right IN (0, 1))
        ) STRICT
        ;
CREATE TABLE card (
            id TEXT PRIMARY KEY CHECK (id <> ''),
            guide TEXT NOT NULL REFERENCES guide (slug),
            position INTEGER NOT NULL,
            kind TEXT NOT NULL,
            question TEXT NOT NULL,
            optional INTEGER NOT NULL CHECK (optional IN (0, 1)),
            digest TEXT NOT NULL,
            source_path TEXT NOT NULL,
            source_line INTEGER NOT NULL,
            retired INTEGER NOT NULL DEFAULT 0 CHECK (retired IN (0, 1)),
            revision INTEGER NOT NULL DEFAULT 0,
            repetitions INTEGER CHECK (repetitions >= 0),
            interval_days INTEGER CHECK (interval_days >= 1),
            ease_factor INTEGER CHECK (ease_factor >= 130),
            due TEXT CHECK (due IS date(due)),
            lapses INTEGER CHECK (lapses >= 0),
            stability_days REAL,
            difficulty REAL,
            suspended INTEGER NOT NULL DEFAULT 0 CHECK (suspended IN (0, 1)),
            buried_until TEXT CHECK (buried_until IS date(buried_until)),
            flag TEXT, held INTEGER NOT NULL DEFAULT 0 CHECK (held IN (0, retired)),
            CHECK ((due IS NULL) = (interval_days IS NULL)),
            CHECK ((due IS NULL) = (repetitions IS NULL)),
            CHECK ((due IS NULL) = (ease_factor IS NULL)),
            CHECK ((due IS NULL) = (lapses IS NULL)),
            CHECK ((stability_days IS NULL) = (difficulty IS NULL))
        ) STRICT
        ;
INSERT INTO "card" VALUES('gdnzvtgligrihy27','small',0,'fact','what-is-a-tensor',0,'d9da40adcf13a853','small.md',7,0,3,2,6,236,'2026-11-29',0,NULL,NULL,0,NULL,'check this',0);
INSERT INTO "card" VALUES('zubwcqd2nx36upmt','small',1,'fact','what-is-a-tensor',0,'cb88adf4b777450f','small.md',7,0,2,1,1,260,'2026-11-21',0,NULL,NULL,1,NULL,NULL,0);
INSERT INTO "card" VALUES('72hrd4svhljnsrbo','small',2,'contrast','what-is-a-tensor',0,'2d6cad929191dc5a','small.md',12,0,3,2,6,236,'2026-11-27',0,NULL,NULL,0,'2026-11-24',NULL,0);
INSERT INTO "card" VALUES('arscxohmrd6k6nyu','small',3,'term','what-is-a-tensor',0,'c3cd8b7e28abefc2','small.md',14,0,2,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,0);
INSERT INTO "card" VALUES('gldo3whqci2vvuv4','small',4,'name','what-is-a-tensor',0,'f4fb85b233a98698','small.md',14,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,0);
INSERT INTO "card" VALUES('cww7eepjnreh7hwm','small',5,'term','what-is-a-tensor',0,'82217340e3641e41','small.md',15,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,0);
INSERT INTO "card" VALUES('pxkpqwoedshj2yva','small',6,'name','what-is-a-tensor',0,'a0904dc25290ef38','small.md',15,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,0);
INSERT INTO "card" VALUES('dqyawpgjlx4qyzy7','small',7,'fact','what-does-a-graph-give-you',0,'445545a43888b23a','small.md',19,0,3,1,1,260,'2026-11-24',0,NULL,NULL,0,NULL,NULL,0);
INSERT INTO "card" VALUES('4q5r4j3wh3d2wus5','small',8,'predict','what-does-a-graph-give-you',0,'f3a20e64bc0c9077','small.md',22,0,2,2,6,250,'2026-11-27',0,NULL,NULL,0,NULL,NULL,0);
INSERT INTO "card" VALUES('g76twnb6cysm63sz','small',9,'overview','what-does-a-graph-give-you',1,'1c2ccc673469be03','small.md',17,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,0);
CREATE TABLE face (
            card TEXT PRIMARY KEY REFERENCES card (id),
            breadcrumb TEXT NOT NULL CHECK (json_valid(breadcrumb)),
            tags TEXT NOT NULL CHECK (json_valid(tags)),
            front TEXT NOT NULL CHECK (json_valid(front)),
            back TEXT NOT NULL CHECK (json_valid(back)),
            context TEXT NOT NULL CHECK (json_valid(context)),
            paint TEXT NOT NULL CHECK (json_valid(paint)),
            words TEXT NOT NULL,
            tensorflow TEXT,
            keras TEXT,
            proved_on TEXT, exercise TEXT CHECK (exercise IS NULL OR json_valid(exercise)), failing TEXT
            CHECK (failing IS NULL OR (failing <> '' AND proved_on IS NULL)), since TEXT
            CHECK (since IS NULL OR (since <> '' AND proved_on IS NOT NULL)), ran_with TEXT
            CHECK (ran_with IS NULL OR (ran_with <> '' AND proved_on IS NOT NULL)),
            CHECK ((tensorflow IS NULL) = (proved_on IS NULL)),
            CHECK ((keras IS NULL) = (proved_on IS NULL))
        ) STRICT
        ;
INSERT INTO "face" VALUES('gdnzvtgligrihy27','["Basics","What is a tensor?"]','["section::basics","topic::what-is-a-tensor","kind::fact"]','[["prose",[["What is a "],["tensor","strong"],["?"]]]]','[["prose",[["An array with a dtype and a shape"]]]]','[["prose",[["A "],["tensor","strong"],[" is an array with a dtype and a shape. Eager code is easy to debug because every tensor holds its value."]]]]','{}','What is a tensor?
An array with a dtype and a shape',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "face" VALUES('zubwcqd2nx36upmt','["Basics","What is a tensor?"]','["section::basics","topic::what-is-a-tensor","kind::fact"]','[["prose",[["Eager code is easy to debug. Why?"]]]]','[["prose",[["Because every tensor holds its value"]]]]','[["prose",[["A "],["tensor","strong"],[" is an array with a dtype and a shape. Eager code is easy to debug because every tensor holds its value."]]]]','{}','Eager code is easy to debug. Why?
Because every tensor holds its value',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "face" VALUES('72hrd4svhljnsrbo','["Basics","What is a tensor?"]','["section::basics","topic::what-is-a-tensor","kind::contrast"]','[["prose",[["Runs: how do "],["Eager","strong"],[" and "],["Graph","strong"],[" differ?"]]]]','[["list",false,[[[["Eager","strong"],[": "],["line by line"]],[]],[[["Graph","strong"],[": "],["after tracing"]],[]]]]]','[["table",[[["Aspect"]],[["Eager"]],[["Graph"]]],[[[["Runs"]],[["line by line"]],[["after tracing"]]]]]]','{}','Runs: how do Eager and Graph differ?
Eager: line by line
Graph: after tracing',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "face" VALUES('arscxohmrd6k6nyu','["Basics","What is a tensor?"]','["section::basics","topic::what-is-a-tensor","kind::term"]','[["prose",[["What is "],["rank","strong"],["?"]]]]','[["prose",[["The number of axes that a tensor has"]]]]','[]','{}','What is rank?
The number of axes that a tensor has',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "face" VALUES('gldo3whqci2vvuv4','["Basics","What is a tensor?"]','["section::basics","topic::what-is-a-tensor","kind::name"]','[["prose",[["What is this called: the number of axes that a tensor has?"]]]]','[["prose",[["rank","strong"]]]]','[]','{}','What is this called: the number of axes that a tensor has?
rank',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "face" VALUES('cww7eepjnreh7hwm','["Basics","What is a tensor?"]','["section::basics","topic::what-is-a-tensor","kind::term"]','[["prose",[["What is "],["shape","strong"],["?"]]]]','[["prose",[["The length of every axis in order"]]]]','[]','{}','What is shape?
The length of every axis in order',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "face" VALUES('pxkpqwoedshj2yva','["Basics","What is a tensor?"]','["section::basics","topic::what-is-a-tensor","kind::name"]','[["prose",[["What is this called: the length of every axis in order?"]]]]','[["prose",[["shape","strong"]]]]','[]','{}','What is this called: the length of every axis in order?
shape',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "face" VALUES('dqyawpgjlx4qyzy7','["Basics","What does a graph give you?"]','["section::basics","topic::what-does-a-graph-give-you","kind::fact"]','[["prose",[["A graph is compiled by "],["…","gap"],[" when asked to."]]]]','[["prose",[["XLA"]]]]','[["prose",[["A graph can be saved without Python. A graph is compiled by "],["XLA","strong"],[" when asked to."]]]]','{}','A graph is compiled by … when asked to.
XLA',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "face" VALUES('4q5r4j3wh3d2wus5','["Basics","What does a graph give you?"]','["section::basics","topic::what-does-a-graph-give-you","kind::predict"]','[["prose",[["What does this print?"]]],["code","python","total = 3 + 4\nprint(total)"]]','[["code","output","7"]]','[]','{"total = 3 + 4\nprint(total)":[["n","total"],[""," "],["o","="],[""," "],["mi","3"],[""," "],["o","+"],[""," "],["mi","4"],["w","\n"],["nb","print"],["p","("],["n","total"],["p",")"]]}','What does this print?
total = 3 + 4
print(total)
7','','','2026-11-20',NULL,NULL,NULL,'Python');
INSERT INTO "face" VALUES('g76twnb6cysm63sz','["Basics","What does a graph give you?"]','["section::basics","topic::what-does-a-graph-give-you","kind::overview"]','[["prose",[["What does a graph give you?"]]]]','[["list",false,[[[["A graph can be saved without Python."]],[]],[[["A graph is compiled by "],["XLA","strong"],[" when asked to."]],[]]]]]','[]','{}','What does a graph give you?
A graph can be saved without Python.
A graph is compiled by XLA when asked to.',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE guide (
            slug TEXT PRIMARY KEY,
            title TEXT NOT NULL,
            path TEXT,
            built TEXT,
            new_a_day INTEGER CHECK (new_a_day >= 0),
            reviews_a_day INTEGER CHECK (reviews_a_day >= 0)
        ) STRICT
        ;
INSERT INTO "guide" VALUES('small','Small guide','/there/small.md','d3eb17d0b1d1c2cd',NULL,40);
CREATE TABLE log (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(10)))),
            card TEXT NOT NULL REFERENCES card (id),
            act TEXT NOT NULL CHECK (
                act IN ('review', 'drill', 'cram', 'suspend', 'resume', 'bury', 'flag', 'unflag')
            ),
            at TEXT NOT NULL CHECK (at LIKE '____-__-__T__:__:__.___Z'),
            day TEXT NOT NULL CHECK (day IS date(day)),
            grade INTEGER CHECK (grade BETWEEN 0 AND 5),
            took_ms INTEGER CHECK (took_ms >= 0),
            note TEXT,
            until TEXT CHECK (until IS date(until)),
            cause TEXT,
            undone_at TEXT CHECK (undone_at LIKE '____-__-__T__:__:__.___Z'),
            merged INTEGER NOT NULL DEFAULT 0 CHECK (merged IN (0, 1)),
            CHECK ((act IN ('review', 'drill', 'cram')) = (grade IS NOT NULL)),
            CHECK ((act = 'bury') = (until IS NOT NULL))
        ) STRICT
        ;
INSERT INTO "log" VALUES(1,'5a4078c675b75b2b924e','gdnzvtgligrihy27','review','2026-11-20T09:00:00.000Z','2026-11-20',4,0,NULL,NULL,NULL,NULL,0);
INSERT INTO "log" VALUES(2,'be516d476ff433e5be56','dqyawpgjlx4qyzy7','review','2026-11-20T09:00:00.000Z','2026-11-20',2,0,NULL,NULL,NULL,NULL,0);
INSERT INTO "log" VALUES(3,'eb778cf925d0b7dc362e','zubwcqd2nx36upmt','review','2026-11-20T09:00:00.000Z','2026-11-20',5,0,NULL,NULL,NULL,NULL,0);
INSERT INTO "log" VALUES(4,'cc87bafae668c8ea1abb','72hrd4svhljnsrbo','review','2026-11-20T09:00:00.000Z','2026-11-20',3,0,NULL,NULL,NULL,NULL,0);
INSERT INTO "log" VALUES(5,'a7614599cb68cb42441c','4q5r4j3wh3d2wus5','review','2026-11-20T09:00:00.000Z','2026-11-20',4,0,NULL,NULL,NULL,NULL,0);
INSERT INTO "log" VALUES(6,'b89cc5c3a0f1dcea173a','4q5r4j3wh3d2wus5','review','2026-11-21T09:00:00.000Z','2026-11-21',4,0,NULL,NULL,NULL,NULL,0);
INSERT INTO "log" VALUES(7,'2705a297d5de021faa05','72hrd4svhljnsrbo','review','2026-11-21T09:00:00.000Z','2026-11-21',4,0,NULL,NULL,NULL,NULL,0);
INSERT INTO "log" VALUES(8,'7b9197061a1cd7dfe03b','dqyawpgjlx4qyzy7','review','2026-11-21T09:00:00.000Z','2026-11-21',1,0,NULL,NULL,NULL,NULL,0);
INSERT INTO "log" VALUES(9,'5ca8912eab03f06d541c','gdnzvtgligrihy27','flag','2026-11-21T09:00:00.000Z','2026-11-21',NULL,NULL,'check this',NULL,NULL,NULL,0);
INSERT INTO "log" VALUES(10,'c9eb1e903b9be331694d','zubwcqd2nx36upmt','suspend','2026-11-21T09:00:00.000Z','2026-11-21',NULL,NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "log" VALUES(11,'a335a54dd5ccd4925218','gdnzvtgligrihy27','review','2026-11-23T09:00:00.000Z','2026-11-23',3,0,NULL,NULL,NULL,NULL,0);
INSERT INTO "log" VALUES(12,'620e91bbce235f6136ed','dqyawpgjlx4qyzy7','review','2026-11-23T09:00:00.000Z','2026-11-23',5,0,NULL,NULL,NULL,NULL,0);
INSERT INTO "log" VALUES(13,'10b17ad97f802d65ff68','arscxohmrd6k6nyu','review','2026-11-23T09:00:00.000Z','2026-11-23',5,0,NULL,NULL,NULL,'2026-11-23T09:00:00.000Z',0);
INSERT INTO "log" VALUES(14,'14dc96b61ec76e04041c','72hrd4svhljnsrbo','bury','2026-11-23T09:00:00.000Z','2026-11-23',NULL,NULL,NULL,'2026-11-24',NULL,NULL,0);
CREATE TABLE setting (
            name TEXT PRIMARY KEY,
            value TEXT NOT NULL
        ) STRICT
        ;
INSERT INTO "setting" VALUES('new_a_day','7');
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX card_due ON card (interval_days, due, id)
        WHERE due IS NOT NULL AND suspended = 0 AND retired = 0
        ;
CREATE INDEX card_new ON card (guide, position)
        WHERE due IS NULL AND suspended = 0 AND retired = 0
        ;
CREATE INDEX log_card ON log (card, at, id);
CREATE INDEX log_day ON log (day);
CREATE TRIGGER log_is_kept BEFORE DELETE ON log
        BEGIN
            SELECT RAISE (ABORT, 'the log is never shortened');
        END;
CREATE TRIGGER log_is_fixed BEFORE UPDATE ON log
        WHEN new.seq IS NOT old.seq OR new.id IS NOT old.id OR new.card IS NOT old.card
            OR new.act IS NOT old.act OR new.at IS NOT old.at OR new.day IS NOT old.day
            OR new.grade IS NOT old.grade OR new.took_ms IS NOT old.took_ms OR new.note IS NOT old.note
            OR new.until IS NOT old.until OR new.cause IS NOT old.cause OR new.merged IS NOT old.merged
            OR new.undone_at IS NULL OR new.undone_at > old.undone_at
        BEGIN
            SELECT RAISE (ABORT, 'an entry of the log is never changed');
        END;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('log',14);
COMMIT;
