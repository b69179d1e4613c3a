using System.Text;

namespace Fpe.Manifests;

/// <summary>Writes manifests; the generator reads them.</summary>
internal static class ManifestText
{
    /// <summary>What is appended to the name of a model file to name its manifest.</summary>
    public const string Suffix = ".manifest";

    /// <summary>The beginning of the first line, before the version.</summary>
    public const string Signature = "fpe-manifest";

    /// <summary>The version that is written and read. A change that older compilers would misread increments it.</summary>
    public const int Version = 1;

    /// <summary>The last line, without which the text is not whole.</summary>
    public const string End = "end";

    public const string Model = "model";

    public const string Checksum = "checksum";

    public const string IsExpanded = "expanded";

    /// <summary>The name of the field of the numbers, which is there only if they are not <see cref="NumberFormat.Float"/>.</summary>
    public const string Format = "format";

    /// <summary>Returns the text of a manifest: a field a line, a section for each layer.</summary>
    public static string Write(ModelManifest manifest)
    {
        var text = new StringBuilder();
        text.Append(Signature).Append(' ').Append(Version).Append('\n');
        text.Append("# What the compiler knows of the trained model beside this file. Written by Fpe; do not edit.\n\n");
        Line(text, Model, manifest.Model);
        Line(text, Checksum, manifest.Checksum);
        Line(text, IsExpanded, manifest.IsExpanded ? "true" : "false");
        if (manifest.Format != NumberFormat.Float)
            Line(text, Format, manifest.Format.ToString());
        Lines(text, manifest.Plan);
        foreach (ManifestSection layer in manifest.Layers)
        {
            text.Append("\n[").Append(layer.Name).Append("]\n");
            Lines(text, layer);
        }

        return text.Append('\n').Append(End).Append('\n').ToString();
    }

    private static void Lines(StringBuilder text, ManifestSection section)
    {
        foreach (ManifestField field in section.Fields)
            Line(text, field.Name, field.Value);
    }

    private static void Line(StringBuilder text, string name, string value) => text.Append(name).Append(" = ").Append(value).Append('\n');
}
