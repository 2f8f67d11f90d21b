/* survey_generator SPEC ROWS SEED OUT.csv - draws the answers of many companies, fast; OUT may be
 * `-`. What is drawn, and how often, stands in SPEC, a binary file that survey_data.py writes from
 * a rubric. Rows depend on the seed alone: 10,000 are the first 10,000 of a million. */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PICK, NUMBER, DATE, USCC, NAME };
enum { CHANCES = 256, ROW_MAX = 1 << 16, BUFFER = 1 << 22, MAX_LISTS = 4, DAY_TEXT = 10 };

typedef struct {
    uint32_t size;
    const char *bytes;
} Text;

typedef struct {
    uint32_t kind;
    Text title;
    uint32_t n_texts[MAX_LISTS]; /* PICK has one list; NAME draws one of each */
    Text *texts[MAX_LISTS];
    const uint8_t *chances; /* by profile: 256 chances. PICK: of which text; else 0 is a blank */
    int32_t low, high;      /* NUMBER: in tenths; DATE: the day is text number low .. high */
} Column;

typedef struct {
    uint32_t n_columns, n_profiles, n_days;
    const uint8_t *profiles; /* 256 chances */
    Text *days;
    Column *columns;
} Spec;

static uint64_t state;

/* splitmix64 */
static uint64_t draw(void)
{
    uint64_t z = (state += 0x9e3779b97f4a7c15u);

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static uint32_t draw_below(uint32_t n)
{
    return (uint32_t)(((draw() >> 32) * n) >> 32);
}

static void stop(const char *what)
{
    perror(what);
    exit(1);
}

static const char *spec_bytes(const char *path)
{
    FILE *file = fopen(path, "rb");
    long size;
    char *bytes;

    if (!file || fseek(file, 0, SEEK_END) || (size = ftell(file)) < 0)
        stop(path);
    rewind(file);
    bytes = malloc((size_t)size);
    if (!bytes || fread(bytes, 1, (size_t)size, file) != (size_t)size)
        stop(path);
    fclose(file);
    return bytes;
}

static uint32_t take_number(const char **at)
{
    uint32_t n;

    memcpy(&n, *at, sizeof n);
    *at += sizeof n;
    return n;
}

static Text take_text(const char **at)
{
    Text text = { .size = take_number(at) };

    text.bytes = *at;
    *at += text.size;
    return text;
}

static Text *take_texts(const char **at, uint32_t *n)
{
    Text *texts;

    *n = take_number(at);
    texts = calloc(*n + 1, sizeof *texts);
    for (uint32_t i = 0; i < *n; i++)
        texts[i] = take_text(at);
    return texts;
}

static Column take_column(const char **at, uint32_t n_profiles)
{
    Column column = { .kind = take_number(at) };

    column.title = take_text(at);
    column.low = (int32_t)take_number(at);
    column.high = (int32_t)take_number(at);
    for (uint32_t i = 0; i < MAX_LISTS; i++)
        column.texts[i] = take_texts(at, &column.n_texts[i]);
    column.chances = (const uint8_t *)*at;
    *at += (size_t)n_profiles * CHANCES;
    return column;
}

static Spec spec_read(const char *path)
{
    const char *at = spec_bytes(path);
    Spec spec = { .n_columns = take_number(&at), .n_profiles = take_number(&at) };

    spec.profiles = (const uint8_t *)at;
    at += CHANCES;
    spec.days = take_texts(&at, &spec.n_days);
    spec.columns = calloc(spec.n_columns, sizeof *spec.columns);
    for (uint32_t i = 0; i < spec.n_columns; i++)
        spec.columns[i] = take_column(&at, spec.n_profiles);
    return spec;
}

static char *put(char *out, Text text)
{
    memcpy(out, text.bytes, text.size);
    return out + text.size;
}

/* Every other number is whole. */
static char *put_number(char *out, const Column *column)
{
    int32_t tenths = column->low + (int32_t)draw_below((uint32_t)(column->high - column->low + 1));

    if (draw() & 1)
        return out + sprintf(out, "%d", tenths / 10);
    return out + sprintf(out, "%s%d.%d", tenths < 0 ? "-" : "", abs(tenths) / 10, abs(tenths) % 10);
}

/* GB 11714: the check character of the nine of an organisation. */
static char organisation_check(const int *values)
{
    static const int weights[8] = { 3, 7, 9, 10, 5, 8, 4, 2 };
    int sum = 0, check;

    for (int i = 0; i < 8; i++)
        sum += values[i] * weights[i];
    check = 11 - sum % 11;
    return check == 11 ? '0' : check == 10 ? 'X' : (char)('0' + check);
}

/* GB 32100-2015: kind of body, region, organisation, check character; another one for each row. */
static char *put_uscc(char *out, uint64_t row)
{
    static const char characters[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    char code[19];
    int organisation[8], sum = 0, weight = 1;

    sprintf(code, "91%06u", 110101 + draw_below(540000));
    row = row * 7368787u % 100000000u;
    for (int i = 7; i >= 0; i--, row /= 10)
        organisation[i] = (int)(row % 10);
    for (int i = 0; i < 8; i++)
        code[8 + i] = (char)('0' + organisation[i]);
    code[16] = organisation_check(organisation);
    for (int i = 0; i < 17; i++, weight = weight * 3 % 31)
        sum += (int)(strchr(characters, code[i]) - characters) * weight;
    code[17] = characters[(31 - sum % 31) % 31];
    memcpy(out, code, 18);
    return out + 18;
}

static char *put_name(char *out, const Column *column)
{
    for (uint32_t i = 0; i < MAX_LISTS; i++)
        if (column->n_texts[i])
            out = put(out, column->texts[i][draw_below(column->n_texts[i])]);
    return out;
}

static char *put_cell(char *out, const Spec *spec, const Column *column, uint8_t chance,
                      uint64_t row)
{
    if (column->kind == PICK)
        return put(out, column->texts[0][chance]);
    if (!chance)
        return out;
    switch (column->kind) {
    case NUMBER:
        return put_number(out, column);
    case DATE:
        return put(
            out,
            spec->days[column->low + (int)draw_below((uint32_t)(column->high - column->low + 1))]);
    case USCC:
        return put_uscc(out, row);
    default:
        return put_name(out, column);
    }
}

static char *put_row(char *out, const Spec *spec, uint64_t row)
{
    size_t profile = spec->profiles[draw() % CHANCES];
    uint64_t bits = 0;

    for (uint32_t i = 0; i < spec->n_columns; i++, bits >>= 8) {
        const Column *column = &spec->columns[i];

        if (i % 8 == 0)
            bits = draw();
        if (i)
            *out++ = ',';
        out = put_cell(out, spec, column, column->chances[profile * CHANCES + bits % CHANCES], row);
    }
    *out++ = '\r';
    *out++ = '\n';
    return out;
}

static void flush(int to, const char *bytes, size_t size)
{
    while (size) {
        ssize_t written = write(to, bytes, size);

        if (written < 0)
            stop("write");
        bytes += written;
        size -= (size_t)written;
    }
}

int main(int argc, char **argv)
{
    static char buffer[BUFFER + ROW_MAX];
    char *out = buffer;
    uint64_t rows;
    Spec spec;
    int to;

    if (argc != 5)
        return fprintf(stderr, "usage: survey_generator SPEC ROWS SEED OUT.csv\n"), 2;
    spec = spec_read(argv[1]);
    rows = strtoull(argv[2], NULL, 10);
    state = strtoull(argv[3], NULL, 10);
    to = strcmp(argv[4], "-") ? open(argv[4], O_WRONLY | O_CREAT | O_TRUNC, 0644) : 1;
    if (to < 0)
        stop(argv[4]);
    for (uint32_t i = 0; i < spec.n_columns; i++) {
        if (i)
            *out++ = ',';
        out = put(out, spec.columns[i].title);
    }
    *out++ = '\r';
    *out++ = '\n';
    for (uint64_t row = 0; row < rows; row++) {
        out = put_row(out, &spec, row);
        if (out - buffer > BUFFER) {
            flush(to, buffer, (size_t)(out - buffer));
            out = buffer;
        }
    }
    flush(to, buffer, (size_t)(out - buffer));
    return close(to) ? 1 : 0;
}
