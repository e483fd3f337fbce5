"""Opens the storage that the settings name."""

from service.recordings.folder_storage import FolderStorage
from service.recordings.storage import Storage
from service.settings import Settings


def open_storage(settings: Settings) -> Storage:
    """The data folder, or the object store of `storage_url`.

    Raises:
        service.recordings.data_folder.DataFolderError: the data folder holds other files.
        service.recordings.object_storage.StorageAddressError: the address of the object store is wrong.
    """
    if not settings.storage_url:
        return FolderStorage(settings.data_folder, floor=settings.free_space_floor)
    # A laptop is installed without what this needs.
    from service.recordings.object_storage import ObjectStorage, open_store

    return ObjectStorage(open_store(settings), settings.data_folder, floor=settings.free_space_floor)
