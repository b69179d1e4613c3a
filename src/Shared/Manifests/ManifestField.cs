namespace Fpe.Manifests;

/// <summary>A line of a manifest: a name and its value, both as text.</summary>
internal sealed record ManifestField(string Name, string Value);
