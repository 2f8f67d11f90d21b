/* survey_libcsv FILE.csv THREADS - what libcsv alone takes: the file is parsed, strictly, with
 * callbacks that do nothing. More threads share it at record ends that the parity of quotes proves.
 * Prints the seconds and the cells and rows seen. */
#include <csv.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { MAX_THREADS = 64, BLOCK = 1 << 20 };

typedef struct {
    const char *bytes;
    size_t size;
    size_t quotes, cells, rows;
    int is_faulty;
    pthread_t thread;
} Part;

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void on_cell(void *cell, size_t size, void *part)
{
    (void)cell;
    (void)size;
    ((Part *)part)->cells++;
}

static void on_row(int end, void *part)
{
    (void)end;
    ((Part *)part)->rows++;
}

static int never_space(unsigned char c)
{
    (void)c;
    return 0;
}

static void *count_quotes(void *data)
{
    Part *part = data;

    for (size_t i = 0; i < part->size; i++)
        part->quotes += part->bytes[i] == '"';
    return NULL;
}

static void *parse(void *data)
{
    Part *part = data;
    struct csv_parser parser;

    csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI);
    csv_set_space_func(&parser, never_space);
    csv_set_blk_size(&parser, 1 << 16);
    for (size_t at = 0; at < part->size && !part->is_faulty; at += BLOCK) {
        size_t size = part->size - at < BLOCK ? part->size - at : BLOCK;

        part->is_faulty = csv_parse(&parser, part->bytes + at, size, on_cell, on_row, part) != size;
    }
    part->is_faulty = part->is_faulty || csv_fini(&parser, on_cell, on_row, part);
    csv_free(&parser);
    return NULL;
}

static void run(Part *parts, int n, void *(*work)(void *))
{
    for (int i = 0; i < n; i++)
        pthread_create(&parts[i].thread, NULL, work, &parts[i]);
    for (int i = 0; i < n; i++)
        pthread_join(parts[i].thread, NULL);
}

/* The first record end at or after each cut: a line break after an even number of quotes. */
static void share(Part *parts, int n, const char *bytes, size_t size)
{
    size_t quotes = 0, start = 0;

    for (int i = 0; i < n; i++)
        parts[i] =
            (Part){ .bytes = bytes + size / (size_t)n * (size_t)i, .size = size / (size_t)n };
    run(parts, n, count_quotes);
    for (int i = 0; i < n; i++) {
        size_t cut = size / (size_t)n * (size_t)(i + 1), parity;

        quotes += parts[i].quotes;
        for (parity = quotes; cut < size && (parity % 2 || bytes[cut - 1] != '\n'); cut++)
            parity += bytes[cut] == '"';
        if (i == n - 1)
            cut = size;
        parts[i].bytes = bytes + start;
        parts[i].size = cut - start;
        start = cut;
    }
}

int main(int argc, char **argv)
{
    static Part parts[MAX_THREADS];
    int n = argc == 3 ? atoi(argv[2]) : 0, file;
    size_t cells = 0, rows = 0;
    struct stat about;
    const char *bytes;
    double start;

    if (n < 1 || n > MAX_THREADS)
        return fprintf(stderr, "usage: survey_libcsv FILE.csv THREADS\n"), 2;
    file = open(argv[1], O_RDONLY);
    if (file < 0 || fstat(file, &about))
        return perror(argv[1]), 1;
    bytes = mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_PRIVATE, file, 0);
    if (bytes == MAP_FAILED)
        return perror(argv[1]), 1;
    start = now();
    share(parts, n, bytes, (size_t)about.st_size);
    run(parts, n, parse);
    printf("%.6f", now() - start);
    for (int i = 0; i < n; i++) {
        cells += parts[i].cells;
        rows += parts[i].rows;
        if (parts[i].is_faulty)
            return fprintf(stderr, "part %d is not strict CSV\n", i), 1;
    }
    printf(" %zu %zu\n", cells, rows);
    return 0;
}
