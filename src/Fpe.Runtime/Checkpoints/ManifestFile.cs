using System.Text;
using Fpe.Files;
using Fpe.Manifests;

namespace Fpe.Checkpoints;

/// <summary>The manifest beside a model file.</summary>
internal static class ManifestFile
{
    /// <summary>Writes a model file, and its manifest if it is asked for or there is one, which would not fit any more.</summary>
    /// <param name="path">The path of the model file.</param>
    /// <param name="file">The model file.</param>
    /// <param name="manifestOf">Returns the manifest of the file with a checksum.</param>
    /// <param name="isWanted">Whether the manifest is asked for.</param>
    /// <exception cref="FileAccessException">A file cannot be written; existing files are unchanged.</exception>
    public static void WriteWith(string path, SafetensorsWriter file, Func<string, ModelManifest> manifestOf, bool isWanted)
    {
        if (!isWanted && !IsThere(path))
        {
            AtomicFile.Write(path, file.Write);
            return;
        }

        byte[] text = TextOf(manifestOf(file.Seal()));
        // Both are on the disk before one is replaced, so that what cannot be written leaves both as they were.
        using var model = new AtomicFile(path);
        using var manifest = new AtomicFile(path + ManifestText.Suffix);
        model.Fill(file.Write);
        manifest.Fill(stream => stream.Write(text));
        model.Commit();
        manifest.Commit();
    }

    /// <summary>Writes the manifest of a file that exists.</summary>
    /// <param name="path">The path of the model file.</param>
    /// <param name="manifest">Its manifest.</param>
    /// <exception cref="FileAccessException">The manifest cannot be written.</exception>
    public static void Write(string path, ModelManifest manifest)
    {
        byte[] text = TextOf(manifest);
        AtomicFile.Write(path + ManifestText.Suffix, stream => stream.Write(text));
    }

    private static byte[] TextOf(ModelManifest manifest) => Encoding.UTF8.GetBytes(ManifestText.Write(manifest));

    /// <summary>Whether there is a manifest, and not a file of another kind that has its name.</summary>
    private static bool IsThere(string path)
    {
        string manifest = path + ManifestText.Suffix;
        if (!File.Exists(manifest))
            return false;
        try
        {
            return File.ReadLines(manifest).FirstOrDefault()?.StartsWith(ManifestText.Signature, StringComparison.Ordinal) == true;
        }
        catch (Exception error) when (FileAccessException.IsCause(error))
        {
            return false; // Loading finds that it belongs to another file.
        }
    }
}
