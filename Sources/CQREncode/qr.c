#include "qr.h"

#include <dlfcn.h>
#include <pthread.h>
#include <qrencode.h>

/* The functions of libqrencode that are used, once it is loaded. */
static struct {
    __typeof__(&QRcode_encodeString) encode;
    __typeof__(&QRcode_free) release;
} library;

static void load(void) {
    void *handle = dlopen("libqrencode.so.4", RTLD_NOW | RTLD_LOCAL);
    if (handle == NULL) return;
    library.encode = (__typeof__(library.encode))dlsym(handle, "QRcode_encodeString");
    library.release = (__typeof__(library.release))dlsym(handle, "QRcode_free");
}

int qr_is_available(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, load);
    return library.encode != NULL && library.release != NULL;
}

qr *qr_make(const char *text) {
    return qr_is_available() ? (qr *)library.encode(text, 0, QR_ECLEVEL_M, QR_MODE_8, 1) : NULL;
}

size_t qr_width(const qr *code) { return (size_t)((const QRcode *)code)->width; }

const unsigned char *qr_modules(const qr *code) { return ((const QRcode *)code)->data; }

void qr_free(qr *code) { library.release((QRcode *)code); }
