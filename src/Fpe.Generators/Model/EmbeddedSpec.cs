namespace Fpe.Generators.Model;

/// <summary>A trained model that is a resource of the assembly.</summary>
/// <param name="Resource">The name of the resource.</param>
/// <param name="Checksum">The checksum of the model file: eight hexadecimal digits.</param>
/// <param name="Format">Its numbers; a network of 8 bits is no model that could be trained further.</param>
/// <param name="Weights">How many weights it has, for its documentation.</param>
internal sealed record EmbeddedSpec(string Resource, string Checksum, NumberFormat Format, string Weights);
