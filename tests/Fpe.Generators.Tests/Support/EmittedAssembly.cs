using System.Runtime.Loader;
using Fpe.Checkpoints;
using Microsoft.CodeAnalysis;

namespace Fpe.Generators.Tests.Support;

/// <summary>A project as an assembly that runs.</summary>
internal sealed class EmittedAssembly
{
    private readonly System.Reflection.Assembly assembly;

    /// <summary>Emits a project and loads it.</summary>
    /// <param name="project">The project, which has no errors.</param>
    /// <param name="resources">The names and contents of its resources.</param>
    public EmittedAssembly(GeneratedProject project, params (string Name, byte[] Content)[] resources)
    {
        using var image = new MemoryStream();
        IEnumerable<ResourceDescription> descriptions = resources.Select(resource => new ResourceDescription(resource.Name, () => new MemoryStream(resource.Content), isPublic: true));
        Assert.DoesNotContain(project.Compilation.Emit(image, manifestResources: descriptions).Diagnostics, problem => problem.Severity == DiagnosticSeverity.Error);
        image.Position = 0;
        assembly = new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(image);
    }

    /// <summary>The models that can be created.</summary>
    public IEnumerable<Type> Models => assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(global::Fpe.Model)) && !type.ContainsGenericParameters);

    /// <summary>Saves a model with its manifest, and returns both.</summary>
    public static (byte[] Model, string Manifest) Save(global::Fpe.Model model, WeightForm form = WeightForm.Sparse) => Save(path => model.Save(path, form, manifest: true));

    /// <inheritdoc cref="Save(global::Fpe.Model, WeightForm)"/>
    public static (byte[] Model, string Manifest) Save(Action<string> save)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("fpe-");
        try
        {
            string file = Path.Combine(folder.FullName, "net.safetensors");
            save(file);
            return (File.ReadAllBytes(file), File.ReadAllText(file + ".manifest"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
