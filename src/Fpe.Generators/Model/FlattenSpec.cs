namespace Fpe.Generators.Model;

/// <summary>A layer that turns an image into a vector.</summary>
internal sealed record FlattenSpec(string Name, string Modifiers, string FieldName, ImageShape Input)
    : LayerSpec(Name, Modifiers, FieldName);
