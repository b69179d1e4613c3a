namespace Fpe.ML;

/// <summary>Loads the models of a class.</summary>
/// <param name="Plan">The models as declared.</param>
/// <param name="Load">Loads a model from a stream with a name.</param>
internal sealed record ModelLoader(ModelPlan Plan, Func<Stream, string, Model> Load);
