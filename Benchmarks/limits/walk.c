/* The least that a rebuild without changes can cost: the stamps of all sources, by THREADS threads.
   usage: walk FOLDER THREADS */
#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct entry {
    int folder;
    char *name;
};

static struct entry *entries;
static int count, room, threads;
static char *folders[4096];
static int folder_count;
static long total;

static void list(const char *path) {
    int folder = folder_count++;
    folders[folder] = strdup(path);
    DIR *stream = opendir(path);
    struct dirent *found;
    while (stream && (found = readdir(stream))) {
        if (found->d_name[0] == '.') continue;
        if (found->d_type == DT_DIR) {
            char inner[4096];
            snprintf(inner, sizeof inner, "%s/%s", path, found->d_name);
            list(inner);
            continue;
        }
        if (count == room) entries = realloc(entries, (room = room ? 2 * room : 4096) * sizeof *entries);
        entries[count++] = (struct entry){folder, strdup(found->d_name)};
    }
    if (stream) closedir(stream);
}

/* Each thread opens the folders for itself: a shared descriptor's count would be fought for. */
static void *ask(void *number) {
    int opened[4096], mine = (int)(long)number;
    for (int i = 0; i < folder_count; i++) opened[i] = open(folders[i], O_PATH | O_DIRECTORY);
    long sum = 0;
    for (int i = count * mine / threads; i < count * (mine + 1) / threads; i++) {
        struct stat status;
        if (!fstatat(opened[entries[i].folder], entries[i].name, &status, AT_SYMLINK_NOFOLLOW)) sum += status.st_size;
    }
    __atomic_add_fetch(&total, sum, __ATOMIC_RELAXED);
    return 0;
}

int main(int argc, char **argv) {
    if (argc != 3) return 2;
    threads = atoi(argv[2]);
    pthread_t others[64];
    list(argv[1]);
    for (long i = 1; i < threads; i++) pthread_create(&others[i], 0, ask, (void *)i);
    ask(0);
    for (int i = 1; i < threads; i++) pthread_join(others[i], 0);
    printf("%d files, %ld bytes\n", count, total);
}
