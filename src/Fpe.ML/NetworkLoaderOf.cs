using Fpe.Checkpoints;
using Microsoft.ML.Runtime;

namespace Fpe.ML;

/// <summary>The loader as ML.NET looks for it: a method with a context whose type is not public.</summary>
/// <typeparam name="TContext">The type of the context.</typeparam>
internal static class NetworkLoader<TContext>
    where TContext : class
{
    /// <summary>Loads a network; called by ML.NET.</summary>
    public static NetworkTransformer Create(IHostEnvironment environment, TContext context)
    {
        TrainedNetwork? network = null;
        MLNetAccess.Load(context, reader =>
        {
            try
            {
                network = TrainedNetwork.Read(reader, name => NetworkLoader.Get(environment.ComponentCatalog, name));
            }
            catch (Exception error) when (error is CheckpointFormatException or IOException or IndexOutOfRangeException or ArgumentException or FormatException or OverflowException)
            {
                throw new ModelFileException($"The network in the file of ML.NET is damaged ({error.Message}); save the model again.", error);
            }
        });
        return new NetworkTransformer(network!);
    }
}
