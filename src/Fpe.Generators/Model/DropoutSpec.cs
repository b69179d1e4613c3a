namespace Fpe.Generators.Model;

/// <summary>A dropout layer; the width is the dense parent's.</summary>
internal sealed record DropoutSpec(string Name, string Modifiers, string FieldName, int Width, double Rate)
    : LayerSpec(Name, Modifiers, FieldName);
