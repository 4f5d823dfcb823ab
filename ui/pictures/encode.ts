const asJpeg = /^image\/jpe?g$/;

/** The pixels of a picture on a canvas of its own: what else the file held (place, camera, comments) stays behind. */
export async function canvasOf(file: Blob): Promise<HTMLCanvasElement> {
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' });
  const canvas = document.createElement('canvas');
  canvas.width = bitmap.width;
  canvas.height = bitmap.height;
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
  bitmap.close();
  return canvas;
}

/** A canvas as a file: JPEG stays JPEG, everything else becomes PNG. */
export function fileOf(canvas: HTMLCanvasElement, name: string, type: string): Promise<File> {
  const kind = asJpeg.test(type) ? 'image/jpeg' : 'image/png';
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => {
        if (blob) resolve(new File([blob], named(name, kind), { type: kind }));
        else reject(new Error('The browser could not write the picture.'));
      },
      kind,
      0.92,
    );
  });
}

function named(name: string, kind: string): string {
  const extension = kind === 'image/jpeg' ? '.jpg' : '.png';
  const right = kind === 'image/jpeg' ? /\.jpe?g$/i : /\.png$/i;
  return right.test(name) ? name : `${name.replace(/\.(png|jpe?g|webp|gif)$/i, '')}${extension}`;
}

/** The same picture with nothing but its pixels; rejects where this browser cannot show it. */
export async function onlyPixels(file: File): Promise<File> {
  return fileOf(await canvasOf(file), file.name || 'Pasted picture.png', file.type);
}
