// What is needed once somebody sends a file, fetched while nothing else is: then it may be without a network.
void Promise.allSettled([
  import("./message-files"),
  import("~/modules/files/ui/uploading/tray"),
  import("tus-js-client"),
  import("~/ui/conversation/composer-files/file-tray"),
  import("~/ui/conversation/voice/voice-recorder"),
  import("../files-on-their-way"),
]);

export {};
