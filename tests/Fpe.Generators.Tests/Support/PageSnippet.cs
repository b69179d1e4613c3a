namespace Fpe.Generators.Tests.Support;

/// <summary>A snippet of a page: code, and the manifests of the models that its project embeds.</summary>
internal sealed record PageSnippet(string Id, string Code, string[] Manifests)
{
    public string Source => $"#pragma warning disable CS1591\nusing Fpe;\nnamespace Samples.{Id};\n{Code}";

    /// <summary>Returns the manifests as files of a project.</summary>
    /// <param name="space">The namespace in which the classes are, if there are others with their names; null to let names decide.</param>
    public AdditionalFile[] Files(string? space = null) =>
        [.. Manifests.Select((manifest, m) => new AdditionalFile($"{Id}-{m}.safetensors.manifest", manifest, $"{Id}-{m}.safetensors", space is null ? null : $"{space}.{ClassOf(manifest)}"))];

    private static string ClassOf(string manifest) => manifest.Split("model = ")[1].Split('\n')[0];
}
