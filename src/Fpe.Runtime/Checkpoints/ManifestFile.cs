using System.Text;
using Fpe.Files;
using Fpe.Manifests;

namespace Fpe.Checkpoints;

/// <summary>The manifest beside a model file.</summary>
internal static class ManifestFile
{
    /// <summary>Writes the manifest of a file.</summary>
    /// <param name="model">The path of the model file.</param>
    /// <param name="manifest">Its manifest.</param>
    /// <exception cref="FileAccessException">The manifest cannot be written.</exception>
    public static void Write(string model, ModelManifest manifest)
    {
        byte[] text = Encoding.UTF8.GetBytes(ManifestText.Write(manifest));
        AtomicFile.Write(model + ManifestText.Suffix, stream => stream.Write(text));
    }
}
