/* Stands between a program and the C library (LD_PRELOAD) and counts the calls that change files. At one of them it does what
   FAULT says:
     kill N      SIGKILL before the call          after N     SIGKILL behind it
     half N      half of the bytes, then SIGKILL  fail N E    this one fails with errno E
     full N E    it and all after it fail with E  stop N      the process stops until it is told to go on
   CLOCK_SHIFT, in seconds, makes the clock wrong. How many calls there were is written to FAULT_COUNT when the program ends. Standard output and error are not counted. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

static atomic_int calls;
static char mode[8];
static int wanted, code;

__attribute__((constructor)) static void begin(void) {
    const char *fault = getenv("FAULT");
    if (fault != NULL) sscanf(fault, "%7s %d %d", mode, &wanted, &code);
}

__attribute__((destructor)) static void end(void) {
    const char *path = getenv("FAULT_COUNT");
    FILE *file = path == NULL ? NULL : fopen(path, "w");
    if (file == NULL) return;
    fprintf(file, "%d\n", atomic_load(&calls));
    fclose(file);
}

static void die(void) {
    kill(getpid(), SIGKILL);
    for (;;) pause();
}

/* What happens before a call: nonzero where it must fail. */
static int before(int *number) {
    *number = atomic_fetch_add(&calls, 1) + 1;
    if (*number == wanted && strcmp(mode, "kill") == 0) die();
    if (*number == wanted && strcmp(mode, "stop") == 0) raise(SIGSTOP);
    int fails = (*number == wanted && strcmp(mode, "fail") == 0) || (*number >= wanted && wanted > 0 && strcmp(mode, "full") == 0);
    if (fails) errno = code;
    return fails;
}

static void after(int number) {
    if (number == wanted && strcmp(mode, "after") == 0) die();
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define STEP(call)                   \
    int number;                      \
    if (before(&number)) return -1;  \
    __typeof__(call) result = call;  \
    int kept = errno;                \
    after(number);                   \
    errno = kept;                    \
    return result

/* A disk that is full still lets files be removed. */
static int is_full(void) { return strcmp(mode, "full") == 0 && (code == ENOSPC || code == EDQUOT); }

int rename(const char *from, const char *to) { STEP(REAL(rename)(from, to)); }
int renameat2(int from_folder, const char *from, int to_folder, const char *to, unsigned flags) {
    STEP(REAL(renameat2)(from_folder, from, to_folder, to, flags));
}
int link(const char *from, const char *to) { STEP(REAL(link)(from, to)); }
int mkdir(const char *path, mode_t rights) { STEP(REAL(mkdir)(path, rights)); }
int ftruncate(int file, off_t size) { STEP(REAL(ftruncate)(file, size)); }
int fsync(int file) { STEP(REAL(fsync)(file)); }
int unlink(const char *path) {
    if (is_full()) return REAL(unlink)(path);
    STEP(REAL(unlink)(path));
}
int rmdir(const char *path) {
    if (is_full()) return REAL(rmdir)(path);
    STEP(REAL(rmdir)(path));
}

#define OPEN(name)                                                             \
    int name(const char *path, int flags, ...) {                               \
        mode_t rights = 0;                                                     \
        if (flags & O_CREAT) {                                                 \
            va_list list;                                                      \
            va_start(list, flags);                                             \
            rights = va_arg(list, mode_t);                                     \
            va_end(list);                                                      \
        }                                                                      \
        if (!(flags & (O_WRONLY | O_RDWR | O_CREAT))) return REAL(name)(path, flags, rights); \
        STEP(REAL(name)(path, flags, rights));                                 \
    }
OPEN(open)
OPEN(open64)

static int is_regular(int file) {
    struct stat status;
    return file > 2 && fstat(file, &status) == 0 && S_ISREG(status.st_mode);
}

ssize_t write(int file, const void *bytes, size_t count) {
    if (!is_regular(file)) return REAL(write)(file, bytes, count);
    int number;
    if (before(&number)) return -1;
    if (number == wanted && strcmp(mode, "half") == 0) {
        REAL(write)(file, bytes, count / 2);
        die();
    }
    ssize_t result = REAL(write)(file, bytes, count);
    after(number);
    return result;
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t offset) {
    int number;
    if (before(&number)) return -1;
    if (number == wanted && strcmp(mode, "half") == 0) {
        REAL(pwrite)(file, bytes, count / 2, offset);
        die();
    }
    ssize_t result = REAL(pwrite)(file, bytes, count, offset);
    after(number);
    return result;
}

ssize_t pwritev(int file, const struct iovec *pieces, int count, off_t offset) {
    int number;
    if (before(&number)) return -1;
    if (number == wanted && strcmp(mode, "half") == 0) {
        REAL(pwritev)(file, pieces, count / 2, offset);
        die();
    }
    ssize_t result = REAL(pwritev)(file, pieces, count, offset);
    after(number);
    return result;
}

static time_t shift(void) {
    const char *text = getenv("CLOCK_SHIFT");
    return text == NULL ? 0 : atol(text);
}

time_t time(time_t *result) {
    time_t now = REAL(time)(NULL) + shift();
    if (result != NULL) *result = now;
    return now;
}

int clock_gettime(clockid_t clock, struct timespec *now) {
    int result = REAL(clock_gettime)(clock, now);
    if (result == 0 && clock == CLOCK_REALTIME) now->tv_sec += shift();
    return result;
}
