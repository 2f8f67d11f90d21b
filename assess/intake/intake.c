#include "intake/intake.h"

#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "intake/carry.h"
#include "intake/decoding.h"
#include "intake/delimiter.h"
#include "intake/filing.h"
#include "intake/sheet.h"
#include "intake/roster.h"

/* All files of a run. */
typedef struct {
    Vocabulary *vocabulary;
    Earlier *earlier; /* borrowed; NULL: there are no older editions */
    gboolean strict;
    const char *encoding; /* of the files; NULL: find it */
    Findings *findings;
    GPtrArray *companies; /* of Answers *: what was read */
    GPtrArray *sheets;    /* of Answers *, borrowed: those of them that are of sheets */
    GHashTable *by_code;  /* folded code -> Answers *: of sheets */
    GHashTable *by_name;  /* folded name -> GPtrArray of Answers *: of sheets */
} Intake;

/* One file. */
typedef struct {
    Intake *intake;
    Filing filing;
    const Ancestor *ancestor; /* the older edition that it is of; NULL: our own */
    Sheet *sheet;             /* this or `roster`, after the header */
    Roster *roster;
    GHashTable *rows; /* folded company -> record: of a table */
    guint records;    /* with something in them, below the header */
    guint errors;     /* in the findings before this file */
    gboolean refused; /* the header is neither a sheet's nor a table's */
} FileReading;

static void intake_clear(Intake *intake)
{
    vocabulary_free(intake->vocabulary);
    g_clear_pointer(&intake->companies, g_ptr_array_unref);
    g_ptr_array_unref(intake->sheets);
    g_hash_table_unref(intake->by_code);
    g_hash_table_unref(intake->by_name);
}

/* ---- who is who ---- */

static char *folded_or_null(const char *text)
{
    return text ? text_fold(text) : NULL;
}

/* The sheets' company that these answers are about too; NULL if there is none yet. */
static Answers *known_company(const Intake *intake, const Answers *answers)
{
    g_autofree char *code = folded_or_null(answers_code(answers));
    g_autofree char *name = folded_or_null(answers_company(answers));
    Answers *known = code ? g_hash_table_lookup(intake->by_code, code) : NULL;
    const GPtrArray *namesakes = name ? g_hash_table_lookup(intake->by_name, name) : NULL;

    for (guint i = 0; !known && namesakes && i < namesakes->len; i++)
        if (answers_same_company(g_ptr_array_index(namesakes, i), answers))
            known = g_ptr_array_index(namesakes, i);
    return known;
}

/* Find `company` from now on by the code and the name that `answers` give it. */
static void remember_company(Intake *intake, Answers *company, const Answers *answers)
{
    char *code = folded_or_null(answers_code(answers));
    g_autofree char *name = folded_or_null(answers_company(answers));
    GPtrArray *namesakes;

    if (code)
        g_hash_table_replace(intake->by_code, code, company);
    if (!name)
        return;
    namesakes = g_hash_table_lookup(intake->by_name, name);
    if (!namesakes) {
        namesakes = g_ptr_array_new();
        g_hash_table_insert(intake->by_name, g_strdup(name), namesakes);
    }
    if (!g_ptr_array_find(namesakes, company, NULL))
        g_ptr_array_add(namesakes, company);
}

/* Takes `answers`. */
static void take_sheet(Intake *intake, Answers *answers)
{
    Answers *known = known_company(intake, answers);

    if (known) {
        remember_company(intake, known, answers);
        answers_join(known, answers);
        return;
    }
    remember_company(intake, answers, answers);
    g_ptr_array_add(intake->companies, answers);
    g_ptr_array_add(intake->sheets, answers);
}

/* The same company in two rows of a table is told; which row counts is for the reader to say. */
static void note_row(FileReading *file, Answers *answers, const CsvRecord *record)
{
    const char *company = answers_company(answers);
    g_autofree char *folded = folded_or_null(company);
    guint before = folded ? GPOINTER_TO_UINT(g_hash_table_lookup(file->rows, folded)) : 0;
    Place place = filing_place(&file->filing, record, 0);

    if (before) {
        g_autofree char *quoted = text_quote(company, 60);

        findings_add(answers->findings, SEVERITY_WARNING, &place,
                     "company %s stands in record %u too", quoted, before);
    } else if (folded) {
        g_hash_table_insert(file->rows, g_steal_pointer(&folded), GUINT_TO_POINTER(record->record));
    }
}

/* ---- records ---- */

static guint known_cells(const CsvRecord *header, gpointer data)
{
    const Vocabulary *vocabulary = data;
    guint known = 0;

    for (guint i = 0; i < header->n_cells; i++)
        known += sheet_knows(header->cells[i]) ||
                 vocabulary_question(vocabulary, header->cells[i]) != NOWHERE;
    return known;
}

static gboolean read_header(FileReading *file, const CsvRecord *record)
{
    if (sheet_is_header(record))
        file->sheet = sheet_new(&file->filing, record);
    else
        file->roster = roster_new(&file->filing, record);
    file->refused = !file->sheet && !file->roster;
    return !file->refused;
}

static gboolean has_too_many_errors(FileReading *file, const CsvRecord *record)
{
    Findings *errors = file->filing.errors;

    if (findings_of(errors, SEVERITY_ERROR) - file->errors < FILING_ERRORS_LIMIT)
        return FALSE;
    filing_refuse(&file->filing, record, 0, "more than %d errors: the rest was not read",
                  FILING_ERRORS_LIMIT);
    return TRUE;
}

static void name_assessor(Answers *answers)
{
    Source *source = &g_array_index(answers->sources, Source, 0);

    source->assessor = g_strdup(answers_field(answers, "assessor"));
}

/* Takes what was read of one company, and gives it as answers to our own edition. */
static Answers *finish(const FileReading *file, Answers *answers)
{
    const Intake *intake = file->intake;

    name_assessor(answers);
    return file->ancestor ? carry_answers(file->ancestor, vocabulary_rubric(intake->vocabulary),
                                          answers, earlier_is_named(intake->earlier))
                          : answers;
}

static gboolean read_record(const CsvRecord *record, gpointer data)
{
    FileReading *file = data;
    Answers *answers;

    if (record->record == 0)
        return read_header(file, record);
    if (filing_is_blank(record))
        return TRUE;
    if (has_too_many_errors(file, record))
        return FALSE;
    file->records++;
    if (file->sheet) {
        sheet_add(file->sheet, record);
        return TRUE;
    }
    answers = roster_add(file->roster, record);
    if (answers) {
        answers = finish(file, answers);
        note_row(file, answers, record);
        g_ptr_array_add(file->intake->companies, answers);
    }
    return TRUE;
}

/* ---- files ---- */

static void refuse_header_only(const FileReading *file)
{
    Place place = { .file = file->filing.file };

    finding_hint(
        findings_add(file->filing.errors, SEVERITY_ERROR, &place, "the file has only a header"),
        file->sheet ? "expected a row for each question" : "expected a row for each company");
}

static void find_edition(FileReading *file, const CsvText *text)
{
    Intake *intake = file->intake;

    if (intake->earlier)
        file->ancestor =
            earlier_edition(intake->earlier, intake->vocabulary, text, intake->findings);
    if (file->ancestor)
        file->filing.vocabulary = earlier_vocabulary(intake->earlier, file->ancestor);
}

static void read_text(FileReading *file, CsvText *text)
{
    delimiter_find(text, known_cells, file->intake->vocabulary);
    find_edition(file, text);
    if (!csv_read(text, read_record, file, file->filing.errors) || file->refused)
        return;
    if (file->records == 0) {
        refuse_header_only(file);
    } else if (file->sheet) {
        take_sheet(file->intake, finish(file, sheet_take(file->sheet)));
    }
}

/* The same bytes given twice are one answer sheet, not two assessors who agree. */
static gboolean is_known(Intake *intake, const char *name, const char *sha256)
{
    const Place place = { .file = name };

    for (guint i = 0; i < intake->companies->len; i++) {
        const Answers *answers = g_ptr_array_index(intake->companies, i);

        for (guint j = 0; j < answers->sources->len; j++) {
            const Source *source = &g_array_index(answers->sources, Source, j);

            if (strcmp(source->sha256, sha256) != 0)
                continue;
            findings_add(intake->findings, SEVERITY_WARNING, &place,
                         "the file has the same bytes as \"%s\" and is read once", source->file);
            return TRUE;
        }
    }
    return FALSE;
}

static void read_bytes(Intake *intake, const char *name, GBytes *bytes)
{
    g_autofree char *sha256 = NULL;
    g_autoptr(GBytes) decoded = NULL;
    EncodingFound encoding;
    FileReading file = { .intake = intake };
    CsvText text = { .file = name, .line = 1, .lenient = TRUE };

    decoded = decoding_text(name, bytes, intake->encoding, &encoding, intake->findings);
    if (!decoded)
        return;
    text.text = g_bytes_get_data(decoded, &text.size);
    sha256 = file_sha256(bytes);
    if (is_known(intake, name, sha256))
        return;
    file.filing = (Filing){ .vocabulary = intake->vocabulary,
                            .file = name,
                            .sha256 = sha256,
                            .encoding = encoding.name,
                            .strict = intake->strict,
                            .errors = intake->findings };
    file.errors = findings_of(intake->findings, SEVERITY_ERROR);
    file.rows = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    read_text(&file, &text);
    sheet_free(file.sheet);
    roster_free(file.roster);
    g_hash_table_unref(file.rows);
}

/* FALSE and `error` if the file cannot be read. */
static gboolean read_file(Intake *intake, const char *path, GError **error)
{
    g_autoptr(GBytes) bytes = file_read(path, error);
    g_autofree char *name = g_path_get_basename(path);

    if (bytes)
        read_bytes(intake, name, bytes);
    return bytes != NULL;
}

/* A required question that nobody answered is told once for the company. */
static void check_required(Answers *answers)
{
    const Source *source = &g_array_index(answers->sources, Source, 0);
    Place place = { .file = source->file, .record = source->record };

    for (guint i = 0; i < answers->rubric->questions->len; i++) {
        const Question *question = RUBRIC_QUESTION(answers->rubric, i);

        if (question->required && answers->of[i].state == ANSWER_BLANK)
            findings_add(answers->findings, SEVERITY_WARNING, &place,
                         "%s: required, and not answered", question->id);
    }
}

/* Invisible characters are told once for the company: they may hide a difference, or turn words
 * around. */
static void tell_invisible(Answers *answers)
{
    const Source *source = &g_array_index(answers->sources, Source, 0);
    Place place = { .file = source->file, .record = source->record };
    g_autoptr(GString) found = g_string_new(NULL), named = g_string_new(NULL);

    for (guint i = 0; i < answers->n_answers; i++) {
        const Answer *answer = &answers->of[i];
        const char *const texts[] = { answer->text, answer->evidence, answer->owner, answer->note };

        for (guint j = 0; j < G_N_ELEMENTS(texts); j++)
            if (texts[j])
                text_add_invisible(texts[j], found);
    }
    for (guint i = 0; i < answers->n_waivers; i++)
        if (answers->waivers[i])
            text_add_invisible(answers->waivers[i], found);
    for (const char *at = found->str; *at; at = g_utf8_next_char(at))
        g_string_append_printf(named, "%sU+%04X", named->len ? ", " : "", g_utf8_get_char(at));
    if (found->len > 0)
        findings_add(answers->findings, SEVERITY_WARNING, &place,
                     "invisible characters are left out of reports: %s", named->str);
}

void intake_remark(Answers *answers)
{
    check_required(answers);
    tell_invisible(answers);
}

/* What the older editions of a company's files did not ask, once for each of them. */
static void tell_new(const Intake *intake, Answers *answers)
{
    g_autoptr(GHashTable) told = g_hash_table_new(NULL, NULL);

    for (guint i = 0; intake->earlier && i < answers->sources->len; i++) {
        const char *reference = g_array_index(answers->sources, Source, i).rubric;
        const Ancestor *ancestor = reference ? earlier_referred(intake->earlier, reference) : NULL;

        if (ancestor && g_hash_table_add(told, (gpointer)ancestor))
            carry_tell_new(ancestor, answers);
    }
}

/* What was remarked about the companies stands beside the errors that refuse them. */
static void tell_remarks(const Intake *intake)
{
    for (guint i = 0; i < intake->companies->len; i++) {
        const Answers *answers = g_ptr_array_index(intake->companies, i);

        findings_append(intake->findings, answers->findings);
    }
}

static gboolean names_a_company(const Answers *answers)
{
    return answers_company(answers) || answers_code(answers);
}

/* A sheet without a name beside those of one company is most likely meant to be of that one, as the
 * sheet of what a newer edition asks: it is not joined by a guess. */
static void tell_unjoined(const Intake *intake)
{
    const Answers *named = NULL;
    guint n_named = 0;

    for (guint i = 0; i < intake->sheets->len; i++)
        if (names_a_company(g_ptr_array_index(intake->sheets, i))) {
            named = g_ptr_array_index(intake->sheets, i);
            n_named++;
        }
    for (guint i = 0; n_named == 1 && i < intake->sheets->len; i++) {
        Answers *answers = g_ptr_array_index(intake->sheets, i);
        const Place place = { .file = g_array_index(answers->sources, Source, 0).file };
        const char *name = answers_company(named) ? answers_company(named) : answers_code(named);
        g_autofree char *quoted = text_quote(name, 60);

        if (!names_a_company(answers))
            finding_hint(
                findings_add(answers->findings, SEVERITY_WARNING, &place,
                             "the sheet names no company and is not joined with %s", quoted),
                "if it is of the same company, fill in the row of the company as in \"%s\"",
                g_array_index(named->sources, Source, 0).file);
    }
}

static Intake intake_open(const Rubric *rubric, gboolean strict, Findings *findings)
{
    Intake intake = { .vocabulary = vocabulary_new(rubric),
                      .strict = strict,
                      .findings = findings };

    intake.companies = g_ptr_array_new_with_free_func((GDestroyNotify)answers_free);
    intake.sheets = g_ptr_array_new();
    intake.by_code = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    intake.by_name =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
    return intake;
}

/* What was read, NULL if there were errors. */
static GPtrArray *take_companies(Intake *intake, guint errors_before)
{
    if (findings_of(intake->findings, SEVERITY_ERROR) > errors_before) {
        tell_remarks(intake);
        return NULL;
    }
    tell_unjoined(intake);
    for (guint i = 0; i < intake->companies->len; i++) {
        tell_new(intake, g_ptr_array_index(intake->companies, i));
        intake_remark(g_ptr_array_index(intake->companies, i));
    }
    return g_steal_pointer(&intake->companies);
}

GPtrArray *intake_read(const Rubric *rubric, const char *const *paths, gboolean strict,
                       Findings *findings, GError **error)
{
    return intake_read_earlier(rubric, NULL, paths, NULL, strict, findings, error);
}

GPtrArray *intake_read_earlier(const Rubric *rubric, Earlier *earlier, const char *const *paths,
                               const char *encoding, gboolean strict, Findings *findings,
                               GError **error)
{
    guint errors = findings_of(findings, SEVERITY_ERROR);
    Intake intake = intake_open(rubric, strict, findings);
    GPtrArray *companies = NULL;
    gboolean is_read = TRUE;

    intake.earlier = earlier;
    intake.encoding = encoding;
    for (guint i = 0; is_read && paths[i]; i++)
        is_read = read_file(&intake, paths[i], error);
    if (is_read)
        companies = take_companies(&intake, errors);
    intake_clear(&intake);
    return companies;
}

GPtrArray *intake_parse(const Rubric *rubric, const char *name, GBytes *bytes, gboolean strict,
                        Findings *findings)
{
    guint errors = findings_of(findings, SEVERITY_ERROR);
    Intake intake = intake_open(rubric, strict, findings);
    GPtrArray *companies;

    read_bytes(&intake, name, bytes);
    companies = take_companies(&intake, errors);
    intake_clear(&intake);
    return companies;
}

gboolean intake_is_of_other(const Rubric *rubric, const Rubric *other, const char *path)
{
    g_autoptr(GBytes) bytes = file_read(path, NULL);
    g_autoptr(Findings) unheard = findings_new();
    g_autoptr(Vocabulary) own = vocabulary_new(rubric);
    g_autoptr(Vocabulary) others = vocabulary_new(other);
    CsvText text = { .file = path, .line = 1, .lenient = TRUE };
    guint known_here = 0, known_there = 0;
    EncodingFound encoding;
    g_autoptr(GBytes) decoded = bytes ? decoding_text(path, bytes, NULL, &encoding, unheard) : NULL;

    if (!decoded)
        return FALSE;
    text.text = g_bytes_get_data(decoded, &text.size);
    delimiter_find(&text, known_cells, own);
    earlier_known(own, others, &text, &known_here, &known_there);
    return known_there > known_here;
}

/* ---- sheets that a report carries ---- */

/* What the sheet itself does not say. */
static void restore(Answers *answers, const IntakeSheet *sheet)
{
    Source *source = &g_array_index(answers->sources, Source, 0);
    GHashTableIter iter;
    gpointer id, text;
    int question;

    source->record = sheet->source->record;
    source->assessor = g_strdup(sheet->source->assessor);
    source->rubric = g_strdup(sheet->source->rubric);
    g_hash_table_iter_init(&iter, sheet->carried);
    while (g_hash_table_iter_next(&iter, &id, &text)) {
        if (rubric_find(answers->rubric, id, &question) != NAME_QUESTION)
            continue;
        answers->of[question].carried = TRUE;
        g_free(answers->of[question].text);
        answers->of[question].text = g_strdup(text);
    }
}

/* NULL if there is an error in the findings, or soon will be. */
static Answers *read_again(Intake *intake, const IntakeSheet *sheet)
{
    FileReading file = { .intake = intake };
    CsvText text = { .file = sheet->source->file, .line = 1, .delimiter = ',' };
    Answers *answers = NULL;
    EncodingFound encoding;
    g_autoptr(GBytes) decoded =
        decoding_text(text.file, sheet->bytes, NULL, &encoding, intake->findings);

    file.filing = (Filing){ .vocabulary = intake->vocabulary,
                            .file = sheet->source->file,
                            .sha256 = sheet->source->sha256,
                            .encoding = sheet->source->encoding,
                            .errors = intake->findings };
    if (decoded)
        text.text = g_bytes_get_data(decoded, &text.size);
    file.rows = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    if (text.text && csv_read(&text, read_record, &file, intake->findings) && file.sheet)
        answers = sheet_take(file.sheet);
    else if (text.text)
        findings_add(intake->findings, SEVERITY_ERROR, &(Place){ .file = text.file },
                     "it is no answer sheet");
    sheet_free(file.sheet);
    roster_free(file.roster);
    g_hash_table_unref(file.rows);
    if (answers)
        restore(answers, sheet);
    return answers;
}

Answers *intake_rejoin(const Rubric *rubric, const IntakeSheet *sheets, guint n, Findings *findings)
{
    guint errors = findings_of(findings, SEVERITY_ERROR);
    Intake intake = intake_open(rubric, FALSE, findings);
    g_autoptr(GPtrArray) companies = NULL;
    Answers *joined = NULL;

    for (guint i = 0; i < n; i++) {
        Answers *answers = read_again(&intake, &sheets[i]);

        if (!answers)
            break;
        if (joined)
            answers_join(joined, answers);
        else
            g_ptr_array_add(intake.companies, joined = answers);
    }
    companies = take_companies(&intake, errors);
    intake_clear(&intake);
    if (!companies || companies->len == 0)
        return NULL;
    g_ptr_array_set_free_func(companies, NULL);
    return companies->pdata[0];
}
