#include <curl/curl.h>

// What takes any number of arguments is not seen by Swift: one function for each kind that is used.

static inline CURLcode curl_set_text(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode curl_set_number(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode curl_set_headers(CURL *handle, struct curl_slist *headers) {
    return curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers);
}

typedef size_t (*curl_taker)(char *bytes, size_t one, size_t count, void *place);

static inline CURLcode curl_collect_headers(CURL *handle, curl_taker taker, void *place) {
    curl_easy_setopt(handle, CURLOPT_HEADERDATA, place);
    return curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, taker);
}

static inline CURLcode curl_collect_body(CURL *handle, curl_taker taker, void *place) {
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, place);
    return curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, taker);
}

static inline CURLcode curl_status(CURL *handle, long *status) {
    return curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, status);
}
