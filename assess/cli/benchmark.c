#include "cli/benchmark.h"

#include "base/file.h"
#include "cli/say.h"
#include "cohort/cohort_json.h"

Bench *bench_of(const Plan *plan, GBytes *bytes, const Wording *wording, char **fault)
{
    Statistics *statistics = statistics_read(plan, bytes, fault);
    Bench *bench;

    if (!statistics)
        return NULL;
    bench = g_new0(Bench, 1);
    bench->statistics = statistics;
    bench->file = g_bytes_ref(bytes);
    bench->wording = wording;
    return bench;
}

Bench *bench_open(Session *session, ExitStatus *status)
{
    const char *path = session->options->benchmark;
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes = NULL;
    g_autofree char *fault = NULL;
    const Template *template;
    Bench *bench;

    *status = EXIT_DONE;
    if (!path)
        return NULL;
    template = session_template(session, status);
    if (!template)
        return NULL;
    bytes = file_read(path, &error);
    if (!bytes) {
        say_error("%s", error->message);
        *status = EXIT_IO;
        return NULL;
    }
    bench = bench_of(session->plan, bytes, template->wording, &fault);
    if (!bench) {
        say_error("\"%s\" %s", path, fault);
        say_hint("expected the cohort.json of `assess batch` with the same rubric and profile");
        *status = EXIT_REFUSED;
    }
    return bench;
}

void bench_free(Bench *bench)
{
    if (!bench)
        return;
    statistics_free(bench->statistics);
    g_bytes_unref(bench->file);
    g_free(bench);
}

void bench_take(const Bench *bench, Assessment *assessment)
{
    if (bench)
        assessment_set_peers(assessment,
                             benchmark_new(bench->statistics, bench->file, assessment,
                                           wording_get(bench->wording, "charts", "scenes", NULL),
                                           wording_get(bench->wording, "charts", "built", NULL)));
}
