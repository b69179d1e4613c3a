namespace Fpe.Architecture.Tests;

/// <summary>A folder of src with those below it that are no modules themselves.</summary>
/// <param name="Name">The folder, such as <c>Fpe.Runtime/Layers</c>.</param>
/// <param name="MayUse">The modules whose types it may name.</param>
internal sealed record Module(string Name, IReadOnlyList<string> MayUse)
{
    /// <summary>The module that a file of src is in.</summary>
    /// <exception cref="InvalidOperationException">It is in none.</exception>
    public static Module Of(string file)
    {
        for (string folder = Repository.FolderOf(file); folder.Length > 0; folder = Path.GetDirectoryName(folder)!)
        {
            if (ArchitectureDocument.Modules.FirstOrDefault(module => module.Name == folder) is { } module)
                return module;
        }

        throw new InvalidOperationException($"{Repository.NameOf(file)} is in no module of docs/architecture.md; add a row for its folder.");
    }
}
