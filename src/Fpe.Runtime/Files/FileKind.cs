namespace Fpe.Files;

/// <summary>What a path leads to.</summary>
internal enum FileKind
{
    /// <summary>An ordinary file.</summary>
    File,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A pipe with a name (FIFO), or one that a shell made.</summary>
    Pipe,

    /// <summary>A device or a socket.</summary>
    Device,
}
