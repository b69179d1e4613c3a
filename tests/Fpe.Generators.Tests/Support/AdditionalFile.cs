using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Fpe.Generators.Tests.Support;

/// <summary>An additional file of a project, with the metadata that the targets of the package give to a manifest.</summary>
internal sealed class AdditionalFile(string path, string text, string? resource = null, string? className = null) : AdditionalText
{
    public override string Path => path;

    /// <summary>The metadata by the key under which the compiler has it.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; } = new[] { ("FpeResource", resource), ("FpeClass", className) }
        .Where(entry => entry.Item2 is not null)
        .ToDictionary(entry => "build_metadata.AdditionalFiles." + entry.Item1, entry => entry.Item2!);

    /// <summary>A manifest whose model is embedded under its name.</summary>
    public static AdditionalFile Embedded(string name, string manifest) => new($"models/{name}.manifest", manifest, name);

    public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text, Encoding.UTF8);
}
