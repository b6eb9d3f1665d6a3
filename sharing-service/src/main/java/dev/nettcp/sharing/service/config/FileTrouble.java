package dev.nettcp.sharing.service.config;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.UserPrincipalNotFoundException;

/** Failures of the file system in words: many of Java's are told apart by their class alone, and say no more than a path. */
public final class FileTrouble {
    private FileTrouble() {}

    /** What went wrong, as the end of a sentence. */
    public static String why(IOException failure) {
        if (failure instanceof UserPrincipalNotFoundException unknown) {
            return "this host knows no user or group '%s'".formatted(unknown.getName());
        } else if (failure instanceof NoSuchFileException absent) {
            return "there is no " + absent.getFile();
        } else if (failure instanceof AccessDeniedException denied) {
            return "permission denied for " + denied.getFile();
        } else if (failure instanceof FileAlreadyExistsException there) {
            return there.getFile() + " is there already";
        } else if (failure instanceof DirectoryNotEmptyException directory) {
            return directory.getFile() + " is a directory";
        } else if (failure instanceof FileSystemException other && other.getReason() != null) {
            return other.getReason();
        }
        String message = failure.getMessage();
        return message == null ? "the system does not say why" : message;
    }
}
