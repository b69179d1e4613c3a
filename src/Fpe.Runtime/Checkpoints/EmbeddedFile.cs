using System.Reflection;
using Fpe.Files;

namespace Fpe.Checkpoints;

/// <summary>Opens model files that are resources of an assembly.</summary>
internal static class EmbeddedFile
{
    /// <summary>Opens a resource and checks that it is the file that the compiler knows.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="resource">The name of the resource.</param>
    /// <param name="checksum">The checksum of the file.</param>
    /// <param name="model">The name of the model class, for messages.</param>
    /// <exception cref="FileAccessException">The assembly has no such resource.</exception>
    /// <exception cref="CheckpointMismatchException">It is another file.</exception>
    public static SafetensorsReader Open(Assembly assembly, string resource, string checksum, string model)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        ArgumentException.ThrowIfNullOrEmpty(resource);
        ArgumentNullException.ThrowIfNull(checksum);
        string name = $"{resource} in {assembly.GetName().Name}";
        Stream stream = assembly.GetManifestResourceStream(resource)
            ?? throw FileAccessException.Reading(name, new FileNotFoundException("there is no such resource; name the model file as an item FpeModel of the project."));
        try
        {
            SafetensorsReader reader = SafetensorsReader.Open(stream, name);
            string found = reader.Metadata.GetValueOrDefault(FileKeys.Checksum, "missing");
            return found == checksum ? reader : throw new CheckpointMismatchException(name, $"its checksum is {found}, but {checksum} in the manifest that the compiler read; write the manifest of this file with {model}.WriteManifest, and build again.");
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }
}
