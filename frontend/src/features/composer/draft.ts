// The draft of a session: what is typed is kept at once, and found again after a switch or a reload.
import { useCallback, useEffect, useState } from "react";
import { drafts, type Picture, type SessionId } from "./api";

/** Pictures larger than this are made smaller before they are sent, in bytes. */
const LARGE = 900_000;
const LONGEST_EDGE = 1_568;

export type Draft = {
  text: string;
  images: readonly Picture[];
  setText: (text: string) => void;
  add: (files: Iterable<File>) => Promise<void>;
  remove: (index: number) => void;
  clear: () => void;
};

export function useDraft(session: SessionId): Draft {
  const [text, show] = useState(() => drafts.text(session));
  const [images, showImages] = useState<readonly Picture[]>([]);
  useEffect(() => {
    let here = true;
    void drafts.images(session).then((kept) => {
      if (here && kept.length > 0) showImages((now) => (now.length === 0 ? kept : now));
    });
    return () => {
      here = false;
    };
  }, [session]);
  const setText = useCallback(
    (next: string) => {
      show(next);
      drafts.keep(session, next);
    },
    [session],
  );
  const setImages = (next: readonly Picture[]): void => {
    showImages(next);
    drafts.keepImages(session, [...next]);
  };
  return {
    text,
    images,
    setText,
    add: async (files) => {
      const pictures = [...files].filter((file) => file.type.startsWith("image/"));
      setImages([...images, ...(await Promise.all(pictures.map(picture)))]);
    },
    remove: (index) => setImages(images.filter((_, place) => place !== index)),
    clear: () => {
      setText("");
      setImages([]);
    },
  };
}

async function picture(file: File): Promise<Picture> {
  const small = file.size > LARGE ? await smaller(file).catch(() => file) : file;
  return { mime_type: small.type, data: await base64(small) };
}

async function smaller(file: File): Promise<Blob> {
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, LONGEST_EDGE / Math.max(bitmap.width, bitmap.height));
  const canvas = new OffscreenCanvas(Math.round(bitmap.width * scale), Math.round(bitmap.height * scale));
  canvas.getContext("2d")?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas.convertToBlob({ type: "image/jpeg", quality: 0.86 });
}

function base64(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(String(reader.result).replace(/^[^,]*,/, "")));
    reader.addEventListener("error", () => reject(reader.error ?? new Error("the picture cannot be read")));
    reader.readAsDataURL(blob);
  });
}
