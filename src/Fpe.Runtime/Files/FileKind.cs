namespace Fpe.Files;

/// <summary>The kind of file that a path refers to.</summary>
internal enum FileKind
{
    /// <summary>A regular file.</summary>
    File,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A named pipe (FIFO), or a pipe created by a shell.</summary>
    Pipe,

    /// <summary>A device or a socket.</summary>
    Device,
}
