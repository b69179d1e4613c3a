namespace Fpe.Generators.Manifests;

/// <summary>Why a manifest cannot be read.</summary>
/// <param name="Line">The index of the line.</param>
/// <param name="Text">The problem and the fix.</param>
internal sealed record ManifestProblem(int Line, string Text);
