/** Width and height of thumbnails, in pixels; pictures are stretched to it, and pages draw them in their own shape. */
export const thumbnailSide = 96;
