using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Fpe.Manifests;
using static System.FormattableString;

namespace Fpe.Generators.Manifests;

/// <summary>Reads the text of a manifest, which can be damaged, or be of another version.</summary>
internal sealed class ManifestReader
{
    private const int ChecksumLength = 8;
    private const int LongestQuotation = 40;
    private const string Remedy = "write the manifest again";

    private readonly string[] lines;
    private readonly List<(string Name, List<ManifestField> Fields)> sections = [(string.Empty, [])];

    private ManifestReader(string text) => lines = text.Replace("\r\n", "\n").Split('\n');

    /// <summary>Reads a manifest.</summary>
    /// <param name="text">The text.</param>
    /// <param name="nameLine">The index of the line with the name of the class, if it was read.</param>
    /// <param name="problem">The problem of a manifest that cannot be read; null if it was read.</param>
    public static ModelManifest? Read(string text, out int nameLine, out ManifestProblem? problem)
    {
        var reader = new ManifestReader(text);
        nameLine = Math.Max(0, reader.LineOf(ManifestText.Model));
        problem = reader.ReadVersion() ?? reader.ReadLines();
        return problem is null ? reader.ToManifest(out problem) : null;
    }

    private ManifestProblem? ReadVersion()
    {
        string[] words = lines[0].Trim('\uFEFF', ' ').Split(' ');
        if (words.Length != 2 || words[0] != ManifestText.Signature || !int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out int version))
            return new ManifestProblem(0, $"it does not begin with '{ManifestText.Signature}' and a version; {Remedy}");
        return version == ManifestText.Version ? null : new ManifestProblem(
            0, Invariant($"it has version {version}, but this compiler reads version {ManifestText.Version}; {(version > ManifestText.Version ? "update the package Fpe" : Remedy)}"));
    }

    private ManifestProblem? ReadLines()
    {
        bool hasEnded = false;
        for (int l = 1; l < lines.Length; l++)
        {
            string line = lines[l];
            if (string.IsNullOrWhiteSpace(line) || line[0] == '#')
                continue;
            if (hasEnded)
                return new ManifestProblem(l, $"there is more after '{ManifestText.End}': '{Shorten(line)}'; {Remedy}");
            if (line == ManifestText.End)
                hasEnded = true;
            else if (ReadLine(line) is { } problem)
                return new ManifestProblem(l, $"{problem}; {Remedy}");
        }

        return hasEnded ? null : new ManifestProblem(lines.Length - 1, $"it ends before '{ManifestText.End}'; {Remedy}");
    }

    private string? ReadLine(string line)
    {
        if (line[0] == '[')
        {
            string name = line.Trim('[', ']');
            if (line != $"[{name}]" || name.Length == 0)
                return $"'{Shorten(line)}' is not the name of a layer in brackets";
            if (sections.Any(section => section.Name == name))
                return $"the layer {name} is there twice";
            sections.Add((name, []));
            return null;
        }

        int equals = line.IndexOf(" = ", StringComparison.Ordinal);
        if (equals <= 0)
            return $"'{Shorten(line)}' is not a name, '=' and a value";
        var field = new ManifestField(line.Substring(0, equals), line.Substring(equals + 3));
        List<ManifestField> fields = sections[sections.Count - 1].Fields;
        if (fields.Exists(known => known.Name == field.Name))
            return $"{field.Name} is there twice";
        fields.Add(field);
        return null;
    }

    private ModelManifest? ToManifest(out ManifestProblem? problem)
    {
        ManifestSection[] read = [.. sections.Select(section => new ManifestSection(section.Name, section.Fields.ToValueList()))];
        ManifestSection whole = read[0];
        string? model = whole.Find(ManifestText.Model), checksum = whole.Find(ManifestText.Checksum), expanded = whole.Find(ManifestText.IsExpanded);
        string format = whole.Find(ManifestText.Format) ?? nameof(NumberFormat.Float);
        string? missing = model is null ? ManifestText.Model : checksum is null ? ManifestText.Checksum : expanded is null ? ManifestText.IsExpanded : null;
        problem = missing is not null ? new ManifestProblem(0, $"it does not say '{missing}'; {Remedy}")
            : checksum!.Length != ChecksumLength || !checksum.All(IsDigit) ? Wrong(ManifestText.Checksum, Invariant($"{ChecksumLength} hexadecimal digits"))
            : expanded is not ("true" or "false") ? Wrong(ManifestText.IsExpanded, "true or false")
            : format is not (nameof(NumberFormat.Float) or nameof(NumberFormat.Int8)) ? Wrong(ManifestText.Format, "Float or Int8")
            : null;
        if (problem is not null)
            return null;
        string[] head = [ManifestText.Model, ManifestText.Checksum, ManifestText.IsExpanded, ManifestText.Format];
        return new ModelManifest(
            model!, checksum!, expanded == "true", format == nameof(NumberFormat.Int8) ? NumberFormat.Int8 : NumberFormat.Float,
            whole with { Fields = whole.Fields.Where(field => !head.Contains(field.Name)).ToValueList() }, read.Skip(1).ToValueList());

        ManifestProblem Wrong(string field, string kind) =>
            new(LineOf(field), $"'{Shorten(whole.Find(field)!)}' is not {kind}; {Remedy}");
    }

    private int LineOf(string field) => Array.FindIndex(lines, line => line.StartsWith(field + " ", StringComparison.Ordinal));

    private static bool IsDigit(char letter) => letter is (>= '0' and <= '9') or (>= 'a' and <= 'f');

    private static string Shorten(string text) => text.Length <= LongestQuotation ? text : $"{text.Substring(0, LongestQuotation)}…";
}
