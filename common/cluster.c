#include "common/cluster.h"

#include <errno.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/log.h"

/* Settings that keep values out of the server's log and WAL small; see docs/architectuur.md. */
static const char settings[] =
    "listen_addresses = ''\n"
    "max_connections = 40\n"
    "shared_buffers = '128MB'\n"
    "work_mem = '32MB'\n"
    "max_wal_size = '2GB'\n"
    /* No replica hangs on this cluster: a table made and filled in one transaction then needs no WAL. */
    "wal_level = minimal\n"
    "max_wal_senders = 0\n"
    "log_error_verbosity = terse\n"
    "log_min_error_statement = panic\n"
    "log_parameter_max_length = 0\n"
    "log_parameter_max_length_on_error = 0\n"
    "log_statement = none\n"
    "logging_collector = off\n"
    "timezone = 'UTC'\n"
    "lc_messages = 'C'\n";

static bool exists(const char *path)
{
    return access(path, F_OK) == 0;
}

static const char *newest_server_bin(Arena *out)
{
    for (int version = 30; version >= 15; version--) {
        const char *bin = arena_format(out, "/usr/lib/postgresql/%d/bin", version);
        if (exists(arena_format(out, "%s/initdb", bin)))
            return bin;
    }
    return NULL;
}

static const struct passwd *server_user(void)
{
    const struct passwd *user = NULL;

    if (geteuid() == 0) {
        user = getpwnam("postgres");
        if (!user)
            user = getpwnam("nobody");
    }
    return user;
}

/* Can the server's user walk to this directory? Every parent must give others (or its group) the x bit. */
static bool reachable(const char *path, const struct passwd *user)
{
    char part[4096];

    if (snprintf(part, sizeof part, "%s/", path) >= (int) sizeof part)
        return false;
    for (char *at = part + 1; *at; at++) {
        struct stat info;
        if (*at != '/')
            continue;
        *at = '\0';
        if (stat(part, &info) != 0)
            return errno == ENOENT; /* not made yet: it will be, with the right mode */
        if (!(info.st_mode & S_IXOTH) && info.st_uid != user->pw_uid)
            return false;
        *at = '/';
    }
    return true;
}

bool cluster_find(Arena *out, const Place *place, const char *dsn, Cluster *cluster, Err *err)
{
    memset(cluster, 0, sizeof *cluster);
    if (!dsn && (getenv("PGHOST") || getenv("PGSERVICE") || getenv("PGDATABASE")))
        dsn = ""; /* libpq reads its own environment */
    cluster->dsn = arena_text(out, dsn);
    cluster->var = place->var;
    if (dsn)
        return true;
    cluster->bin = newest_server_bin(out);
    if (!cluster->bin)
        return err_set(err, ERR_DB, "no PostgreSQL server of version 15 or newer is installed; run make deps, or name a database with --dsn");
    const struct passwd *user = server_user();
    const char *base = place->var;
    if (user && !reachable(place->var, user)) {
        unsigned long hash = 5381;
        for (const char *at = place->var; *at; at++)
            hash = hash * 33 + (unsigned char) *at;
        base = arena_format(out, "/var/tmp/veiligbeeld-%08lx", hash & 0xffffffffUL);
    }
    cluster->data = arena_format(out, "%s/pg", base);
    cluster->sockets = arena_format(out, "%s/run", base);
    if (strlen(cluster->sockets) > 80) { /* a socket path ends at 107 bytes */
        unsigned long hash = 5381;
        for (const char *at = base; *at; at++)
            hash = hash * 33 + (unsigned char) *at;
        cluster->sockets = arena_format(out, "/tmp/veiligbeeld-%u-%08lx", (unsigned) getuid(), hash & 0xffffffffUL);
    }
    return true;
}

const char *cluster_dsn(Arena *out, const Cluster *cluster, const char *role)
{
    if (!cluster->dsn)
        return arena_format(out, "host=%s port=5432 dbname=veiligbeeld user=%s", cluster->sockets, role ? role : "vb_super");
    if (!role)
        return cluster->dsn;
    /* On a foreign server the user's own login is a member of the roles and becomes one per session. */
    if (strstr(cluster->dsn, "://"))
        return arena_format(out, "%s%coptions=-c%%20role%%3D%s", cluster->dsn, strchr(cluster->dsn, '?') ? '&' : '?', role);
    return arena_format(out, "%s options='-c role=%s'", cluster->dsn, role);
}

/* Run one of the server's programs as its user, output to a file in the data directory's parent. */
static bool run_as_server(const Cluster *cluster, const char *const argv[], bool quiet, Err *err)
{
    const struct passwd *user = server_user();
    const char *slash = strrchr(cluster->data, '/');
    int status;

    pid_t child = fork();
    if (child == 0) {
        if (!freopen("/dev/null", "r", stdin) || !freopen("/dev/null", "w", stdout) ||
            (quiet && !freopen("/dev/null", "w", stderr)))
            _exit(126);
        if (user && (setgid(user->pw_gid) != 0 || setuid(user->pw_uid) != 0))
            _exit(126);
        /* A new directory that the user may be in; the caller's may be closed to him. */
        char parent[4096];
        snprintf(parent, sizeof parent, "%.*s", (int) (slash - cluster->data), cluster->data);
        if (chdir(parent) != 0)
            _exit(126);
        setenv("LC_ALL", "C.UTF-8", 1);
        unsetenv("PGDATA");
        execv(argv[0], (char *const *) argv);
        _exit(127);
    }
    if (child < 0)
        return err_set(err, ERR_DB, "cannot start %s: %s", argv[0], strerror(errno));
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        continue;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return true;
    return err_set(err, ERR_DB, "%s failed with status %d; see \"%s/server.log\"", argv[0],
                   WIFEXITED(status) ? WEXITSTATUS(status) : 128, cluster->data);
}

bool cluster_running(const Cluster *cluster)
{
    char path[4200];
    long pid = 0;

    if (cluster->dsn)
        return true;
    snprintf(path, sizeof path, "%s/postmaster.pid", cluster->data);
    FILE *file = fopen(path, "r");
    if (!file)
        return false;
    if (fscanf(file, "%ld", &pid) != 1)
        pid = 0;
    fclose(file);
    /* The number may belong to another process after a crash: the socket must be there too. */
    snprintf(path, sizeof path, "%s/.s.PGSQL.5432", cluster->sockets);
    return pid > 0 && (kill((pid_t) pid, 0) == 0 || errno == EPERM) && exists(path);
}

static bool private_dir(const char *path, Err *err)
{
    const struct passwd *user = server_user();
    struct stat info;

    if (lstat(path, &info) == 0 && !S_ISDIR(info.st_mode))
        return err_set(err, ERR_DB, "\"%s\" is not a directory", path);
    if (!place_make_dir(path, 0700, err))
        return false;
    if ((user && chown(path, user->pw_uid, user->pw_gid) != 0) || chmod(path, 0700) != 0)
        return err_set(err, ERR_DB, "cannot make \"%s\" private: %s", path, strerror(errno));
    return stat(path, &info) == 0 && info.st_uid == (user ? user->pw_uid : geteuid())
               ? true
               : err_set(err, ERR_DB, "\"%s\" belongs to somebody else", path);
}

static bool cluster_make(const Cluster *cluster, Err *err)
{
    ARENA_AUTO arena = arena_new();
    const char *initdb = arena_format(arena, "%s/initdb", cluster->bin);
    const char *argv[] = {initdb, "-D", cluster->data, "-U", "vb_super", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8",
                          "--no-sync", NULL};

    log_info("making the private database in %s", cluster->data);
    if (!private_dir(cluster->data, err) || !run_as_server(cluster, argv, true, err))
        return false;
    const char *path = arena_format(arena, "%s/postgresql.auto.conf", cluster->data);
    FILE *file = fopen(path, "a");
    if (!file || fprintf(file, "%sunix_socket_directories = '%s'\nunix_socket_permissions = 0700\n", settings,
                         cluster->sockets) < 0 || fclose(file) != 0)
        return err_set(err, ERR_DB, "cannot write \"%s\": %s", path, strerror(errno));
    return true;
}

bool cluster_start(const Cluster *cluster, Err *err)
{
    ARENA_AUTO arena = arena_new();

    if (cluster->dsn || cluster_running(cluster))
        return true;
    const char *slash = strrchr(cluster->data, '/');
    const char *base = arena_text_n(arena, cluster->data, (size_t) (slash - cluster->data));
    if (!place_make_dir(cluster->var, 0755, err) || !place_make_dir(base, 0755, err))
        return false;
    if (!private_dir(cluster->sockets, err))
        return false;
    if (strcmp(base, cluster->var) != 0) {
        const char *link = arena_format(arena, "%s/pg", cluster->var);
        if (symlink(cluster->data, link) != 0 && errno != EEXIST)
            return err_set(err, ERR_DB, "cannot link \"%s\": %s", link, strerror(errno));
    }
    bool made = exists(arena_format(arena, "%s/PG_VERSION", cluster->data));
    if (!made && !cluster_make(cluster, err))
        return false;
    const char *pg_ctl = arena_format(arena, "%s/pg_ctl", cluster->bin);
    const char *log = arena_format(arena, "%s/server.log", cluster->data);
    const char *argv[] = {pg_ctl, "-D", cluster->data, "-l", log, "-w", "-t", "60", "-s", "start", NULL};
    return run_as_server(cluster, argv, false, err);
}

bool cluster_stop(const Cluster *cluster, Err *err)
{
    ARENA_AUTO arena = arena_new();

    if (cluster->dsn)
        return err_set(err, ERR_USAGE, "this database is not ours to stop");
    if (!cluster_running(cluster))
        return true;
    const char *argv[] = {arena_format(arena, "%s/pg_ctl", cluster->bin), "-D", cluster->data, "-m", "fast", "-w", "-s", "stop", NULL};
    return run_as_server(cluster, argv, false, err);
}
