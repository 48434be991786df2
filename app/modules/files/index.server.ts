export { claimFiles, type FileRow, findOwnFiles, releaseFile } from "./attach-files.server";
export { makeThumbnail } from "./content/make-thumbnail.server";
export { shrinkToDataUrl } from "./content/picture.server";
export { requireSoundPicture } from "./content/require-sound-picture.server";
export { copyFiles } from "./copy-files.server";
export { answerFile, type FileDoor } from "./reading/answer-file.server";
export { removeContent, sweepFiles } from "./sweep-files.server";
export { answerUpload } from "./uploads/answer-upload.server";
